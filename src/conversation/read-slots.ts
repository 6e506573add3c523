import { findPhoneNumbersInText } from 'libphonenumber-js';
import { z } from 'zod';
import type { Content } from '../content/content.ts';
import { words } from '../text/words.ts';
import { readBrand } from './read-brand.ts';
import { readChannel } from './read-channel.ts';
import { readCountry } from './read-country.ts';
import { readName } from './read-name.ts';

/** Slots found in a text, and what in it looked like a slot but is not valid. */
export interface SlotsRead {
  slots: Record<string, string>;
  /** Slots whose value was tried and refused, such as an address without a domain. */
  refused: string[];
}

/** What is known of a text before its slots are read. */
export interface Asked {
  /** The slot just asked for: a bare answer counts for it. */
  asksFor: string | null;
  isBare: boolean;
  /** Tells from a text how its writer is related to the company, where it says so. */
  relationOf: (text: string) => string | null;
}

const address = z.email();

/** A span of years or a date, which the library of phone numbers takes for a number: "2016–2020", "2023-11-04". */
const DATES = /(?<![\d+-])(?:19|20)\d\d\s?[-–]\s?(?:(?:19|20)\d\d|\d\d-\d\d)(?![\d-])/g;

/**
 * Reads slot values out of what a person wrote.
 * Numbers and addresses are found by the libraries made for them; names are what is written like a name.
 */
export function readSlots(
  text: string,
  content: Content,
  { asksFor = null, isBare = false, relationOf = () => null }: Partial<Asked> = {},
): SlotsRead {
  const slots: Record<string, string> = {};
  const refused: string[] = [];
  const email = readEmail(text);
  if (email.value) slots.email = email.value;
  else if (email.tried || (asksFor === 'email' && isBare && /\S@|@\S|\bat\b.*\bdot\b/i.test(text)))
    refused.push('email');
  const phone = findPhoneNumbersInText(text.replace(DATES, ','), 'SE').find((found) =>
    found.number.isValid(),
  );
  if (phone) slots.phone = phone.number.number;
  else if (asksFor === 'phone' && isBare && /\d{4}/.test(text)) refused.push('phone');
  const country = readCountry(text, content, asksFor !== null);
  if (country) slots.country = country;
  const brand = readBrand(text, content);
  if (brand) slots.brand = brand;
  const channel = asksFor === 'channel' ? readChannel(text, content) : undefined;
  if (channel) slots.channel = channel;
  const name = readName(text, content, asksFor === 'name' && isBare);
  if (name) slots.name = name;
  // Who somebody is says nothing of how they know the company.
  const rest = (name ? text.replace(name, ' ') : text).replace(/\S+@\S+/g, ' ');
  const relation = words(rest).length > 0 ? relationOf(rest) : null;
  if (relation) slots.relation = relation;
  return { slots, refused };
}

function readEmail(text: string): { value?: string; tried: boolean } {
  // The last valid one: in "not a@example.se but b@example.se" the person ends with the right one.
  const tries = (text.match(/[^\s<>(),;:"']+@[^\s<>(),;:"']*/g) ?? []).map((found) =>
    found.replace(/[.!?]+$/, ''),
  );
  const value = tries.filter((found) => address.safeParse(found).success).at(-1);
  return value ? { value: value.toLowerCase(), tried: true } : { tried: tries.length > 0 };
}
