/*
 * The part of Node-API that the addon uses. Its ABI is promised to stay as it is, so the addon is built without Node's
 * headers, which installations of Node often lack, and one build runs on every version.
 * https://nodejs.org/api/n-api.html
 */
#ifndef OPSCENTER_NODE_API_H
#define OPSCENTER_NODE_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env env, napi_callback_info info);
/* An enum in Node's header; 0 is napi_ok. */
typedef int napi_status;

#define NAPI_AUTO_LENGTH SIZE_MAX
#define NODE_API_EXPORT __attribute__((visibility("default")))

napi_status napi_create_function(napi_env env, const char *name, size_t length, napi_callback callback, void *data,
                                 napi_value *result);
napi_status napi_set_named_property(napi_env env, napi_value object, const char *name, napi_value value);
napi_status napi_get_cb_info(napi_env env, napi_callback_info info, size_t *argc, napi_value *argv,
                             napi_value *this_value, void **data);
napi_status napi_call_function(napi_env env, napi_value receiver, napi_value function, size_t argc,
                               const napi_value *argv, napi_value *result);
napi_status napi_create_object(napi_env env, napi_value *result);
napi_status napi_create_double(napi_env env, double value, napi_value *result);
napi_status napi_create_string_utf8(napi_env env, const char *text, size_t length, napi_value *result);
napi_status napi_get_undefined(napi_env env, napi_value *result);
napi_status napi_get_value_int32(napi_env env, napi_value value, int32_t *result);
napi_status napi_throw_error(napi_env env, const char *code, const char *message);
napi_status napi_add_env_cleanup_hook(napi_env env, void (*hook)(void *data), void *data);

/* Looked up by Node when it loads the addon, in each thread that does. */
NODE_API_EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports);
NODE_API_EXPORT int32_t node_api_module_get_api_version_v1(void);

#endif
