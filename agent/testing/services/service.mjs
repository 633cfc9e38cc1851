import { startAgent } from '@opscenter/agent';
import { run } from './scenarios.cjs';

run(process.argv[2]);
startAgent();
