/** A request for a page that is answered with a kind word about what is wrong. */
export class PageFault extends Error {
  readonly status: number;
  /** The text of dialogs/ that tells the person. */
  readonly id: string;
  constructor(status: number, id: string) {
    super(`page fault ${status}`);
    this.name = 'PageFault';
    this.status = status;
    this.id = id;
  }
}

/** What is told of a page that is not there, or is no longer; which of the two, nobody learns. */
export function notThere(): PageFault {
  return new PageFault(404, 'page.unknown');
}
