export { ActionService, type ActionServiceOptions } from './action-service.ts';
export type { ActionTimes } from './action-times.ts';
