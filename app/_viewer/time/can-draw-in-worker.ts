/** Whether a canvas can be handed to a worker; older browsers cannot do it. */
export function canDrawInWorker(): boolean {
  return 'transferControlToOffscreen' in HTMLCanvasElement.prototype;
}
