/** Nothing leaks: a service as it is after some requests. */
export async function serve({ server }) {
  for (let id = 0; id < 300; id++) await server.inject(`/area-${id % 60}/${id}`);
}
