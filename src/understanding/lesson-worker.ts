import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import type { Network } from './network.ts';
import { type Lesson, trainNetwork } from './train-network.ts';

/** A matrix smaller than this (numbers) is trained here and now: threads would take longer to start. */
const WORTH_A_THREAD = 200_000;

/** Trains a network for every lesson, in their order, side by side on the cores there are. */
export async function trainAll(lessons: readonly Lesson[]): Promise<Network[]> {
  if ((lessons[0]?.matrix.values.length ?? 0) < WORTH_A_THREAD) return lessons.map(trainNetwork);
  const networks: Network[] = [];
  const waiting = lessons.map((lesson, place) => ({ lesson, place }));
  const workers = Array.from({ length: Math.min(availableParallelism(), lessons.length) }, async () => {
    const worker = new Worker(import.meta.filename);
    try {
      for (let next = waiting.shift(); next; next = waiting.shift())
        networks[next.place] = await answerOf(worker, next.lesson);
    } finally {
      await worker.terminate();
    }
  });
  await Promise.all(workers);
  return networks;
}

function answerOf(worker: Worker, lesson: Lesson): Promise<Network> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.postMessage(lesson);
  });
}

if (!isMainThread)
  parentPort?.on('message', (lesson: Lesson) => parentPort?.postMessage(trainNetwork(lesson)));
