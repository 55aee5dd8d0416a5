// Runs inside the cluster: does nothing, so that other programs can be started in its pod.
const forever = setInterval(() => undefined, 2 ** 30);
process.once('SIGTERM', () => clearInterval(forever));
