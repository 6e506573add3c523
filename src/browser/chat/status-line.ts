/** What stands in the status line, by its text's id; null is nothing. */
export interface StatusLine {
  /** How the connection is. It goes before a note. */
  connection(id: string | null, ...offers: Offer[]): void;
  /** Something to know that stays until `clearNote`. */
  note(id: string): void;
  clearNote(): void;
}

/** A button in the status line. */
export interface Offer {
  label: string;
  take: () => void;
}

/** The line below the chat's head, read out when it changes. */
export function statusLine(element: HTMLElement, say: (id: string) => string): StatusLine {
  let connection: string | null = null;
  let note: string | null = null;
  let offers: Offer[] = [];
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  const buttons = document.createElement('div');
  element.replaceChildren(words, buttons);

  const draw = () => {
    const id = connection ?? note;
    words.textContent = id ? say(id) : '';
    element.dataset.state = connection ? 'connection' : note ? 'note' : 'empty';
    buttons.replaceChildren(
      ...offers.map(({ label, take }) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = say(label);
        button.addEventListener('click', take);
        return button;
      }),
    );
  };
  return {
    connection(id, ...offered) {
      if (id === connection && offered.length === 0 && offers.length === 0) return;
      connection = id;
      offers = offered;
      draw();
    },
    note(id) {
      note = id;
      draw();
    },
    clearNote() {
      if (!note) return;
      note = null;
      draw();
    },
  };
}
