import { expect } from 'chai';
import type { Lesson, LessonStore } from '../../src/conversation/lesson.ts';

const declined: Lesson = { why: 'declined', locale: 'sv', text: 'vad kostar det', near: ['use-1', 'use-2'] };
const good: Lesson = { why: 'good', locale: 'en', text: '', near: [] };

interface Opened {
  lessons: LessonStore;
  close(): void;
}

/** What every store of lessons must do. `open` gives an empty one. */
export function lessonContract(name: string, open: () => Opened | Promise<Opened>): void {
  describe(`the lesson contract: ${name}`, () => {
    let lessons: LessonStore;
    let close: () => void;
    beforeEach(async () => {
      ({ lessons, close } = await open());
    });
    afterEach(() => close());

    it('counts the same lesson, and gives the most frequent first', async () => {
      await lessons.keep(good, '2026-01-01');
      await lessons.keep(declined, '2026-01-02');
      await lessons.keep(declined, '2026-01-03');
      expect(await lessons.list(10)).to.deep.equal([
        { ...declined, count: 2, last: '2026-01-03' },
        { ...good, count: 1, last: '2026-01-01' },
      ]);
      expect(await lessons.list(1)).to.have.length(1);
    });

    it('keeps lessons apart that differ in anything', async () => {
      const others: Lesson[] = [
        { ...declined, why: 'unclear' },
        { ...declined, locale: 'en' },
        { ...declined, text: 'vad kostar detta' },
        { ...declined, near: ['use-2', 'use-1'] },
      ];
      for (const lesson of [declined, ...others]) await lessons.keep(lesson, '2026-01-01');
      expect(await lessons.list(10)).to.have.length(5);
    });

    it('purges what has not come again since a day', async () => {
      await lessons.keep(good, '2025-01-01');
      await lessons.keep(declined, '2026-01-01');
      expect(await lessons.purge('2026-01-01')).to.equal(1);
      expect((await lessons.list(10)).map(({ why }) => why)).to.deep.equal(['declined']);
    });
  });
}
