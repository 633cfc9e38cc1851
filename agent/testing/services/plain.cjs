// A service that knows nothing of the agent.
require('./scenarios.cjs').run(process.argv[2]);
