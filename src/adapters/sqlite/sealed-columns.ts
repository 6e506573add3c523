/** Where what is personal stands: the column, and the place that a row's is sealed for, as its store says it. */
export const sealedColumns = [
  { table: 'tickets', column: 'body', place: "'tickets/' || id" },
  { table: 'documents', column: 'value', place: "'documents/' || key" },
  { table: 'transcript_entries', column: 'body', place: "'transcripts/' || conversation || '/' || id" },
] as const;
