package dev.earmark.schema;

/** What a field holds and what can be asked of it; an engine maps each to its own means. */
public enum FieldType {
  /** Running text: words with positions, in their exact and stemmed form; length counts. */
  TEXT,
  /** Text that lifts a match but is none: words without positions. */
  CONTEXT,
  /** An identifier, compared as it is. */
  KEY,
  /** A name that people write: compared folded, shown as written. */
  NAME,
  /** A whole number: ranges and sorting. */
  NUMBER,
  /** Kept to be shown, never searched. */
  STORED
}
