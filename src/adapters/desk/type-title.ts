import type { DeskScene } from './desk-page.ts';

/** The title of a request type; one that has left the register keeps its id. */
export function typeTitle(type: string, { content, say }: DeskScene): string {
  return content.requests.has(type) ? say(`request.${type}.title`) : type;
}
