import './silence.ts';
import { parentPort, workerData } from 'node:worker_threads';
import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import type { ToHost, ToWorker, WorkerSettings } from '../thread-contract.ts';
import { AgentWorker } from './agent-worker.ts';

/** The entry of the agent's own thread. The port keeps the thread alive; the thread does not keep the process alive. */
function start(): void {
  const port = parentPort;
  if (!port) return;
  setLogVerbosity(logVerbosity.NONE);
  const settings = workerData as WorkerSettings;
  const post = (message: ToHost) => port.postMessage(message);
  const agent = new AgentWorker(settings, post);
  port.on('message', (message: ToWorker) => {
    if (message.type === 'stop') {
      void agent.stop(message.reason).finally(() => process.exit(0));
    } else if (message.type === 'exit') {
      void agent.sayFarewell(message.reason);
    } else if (message.type === 'are-you-there') {
      post({ type: 'here' });
    } else {
      agent.hear(message);
    }
  });
  void agent.run();
}

start();
