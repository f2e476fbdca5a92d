package dev.earmark.source;

/** How sure a format is that a source is of its kind; later is surer. */
public enum Recognition {
  /** It is something else. */
  NO,
  /** Nothing speaks against it; it would do if nothing better is found. */
  FALLBACK,
  /** The name says so and the content does not contradict it. */
  BY_NAME,
  /** The content has the shape, though other formats may share it. */
  LIKELY,
  /** The content has marks that no other format has. */
  CERTAIN
}
