const { startAgent } = require('@opscenter/agent');
const { run } = require('./scenarios.cjs');

run(process.argv[2]);
startAgent();
