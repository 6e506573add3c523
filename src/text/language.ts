import { type Locale, words } from './words.ts';

// Function words: short, frequent, and hardly ever shared by the two languages.
const marks: Record<Locale, Set<string>> = {
  sv: new Set(
    `och att det som en på är av för med till den har de inte om ett han hon men jag ni vi var sig från så när kan
     man ska skulle vill mig mitt min mina er ert era ni du dig vad hur varför vem vilka vilken vilket eller ut upp
     nu också bara finns får ja nej hej tack mejl bort någon något alla allt detta denna hos efter över även vart
     göra gör blir bli slipper sluta radera ta gäller inga ingen jobb sparar sparas uppgifter snälla jo japp heter bor
     ar for pa fran nar nagon nagot far gor varfor fel stämmer hoppa kör skicka`.split(/\s+/),
  ),
  en: new Set(
    `the and of to is in that it was for on are with they at be this have from or by not what all were we when your
     you can there an which do how if will my me i'm i've i'd don't doesn't it's would could should please who why
     does did has been their them our us about data delete remove stop want need personal yes no hello hi thanks
     thank am is a i he she his her any out up get got long keep keeps where here job jobs send emails information
     account phone yep okay worked live lives consultant tell show see sure forget never mind`.split(/\s+/),
  ),
};

/**
 * The language a text is written in, or null where the two are less than `margin` words apart (a name, "ok").
 * Norwegian and Danish count as Swedish: those who write them read the Swedish answer with less trouble.
 */
export function languageOf(text: string, margin = 1): Locale | null {
  const score = { sv: 0, en: 0 };
  for (const word of words(text)) {
    if (/[åäöæø]/.test(word)) score.sv += 1.5;
    for (const locale of ['sv', 'en'] as const) if (marks[locale].has(word)) score[locale] += 1;
  }
  if (Math.abs(score.sv - score.en) < margin) return null;
  return score.sv > score.en ? 'sv' : 'en';
}
