import { testPackedAgent } from './test-packed-agent.ts';

testPackedAgent('Node 22');
