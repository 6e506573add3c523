import { start } from './service.ts';

// The service: reads the environment, starts, and stops in order on a signal.
try {
  const service = await start(process.env);
  const stop = (signal: NodeJS.Signals) => {
    service.stop(signal).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  // Settings and files that do not fit are told in full; they hold no person's text.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
