import { type AuditEntry, type AuditLog, chain } from '../../tickets/audit.ts';

/** The audit log, in memory. */
export function memoryAudit(): AuditLog {
  const entries: AuditEntry[] = [];
  return {
    async append(event) {
      const entry = chain(event, entries.at(-1) ?? null);
      entries.push(entry);
      return structuredClone(entry);
    },
    read: async (after, limit) => structuredClone(entries.slice(after, after + limit)),
    latest: async (limit, before = entries.length + 1) =>
      structuredClone(entries.slice(Math.max(0, before - 1 - limit), before - 1).reverse()),
    about: async (ticketId, limit, actions) =>
      structuredClone(
        entries
          .filter((entry) => entry.ticketId === ticketId && (actions?.includes(entry.action) ?? true))
          .slice(-limit),
      ),
  };
}
