package dev.earmark.export;

import dev.earmark.search.Hit;

/** Writes a whole search, hit by hit, so that no more than a hit is held. Not thread-safe. */
public interface SearchWriter {

  /** What stands before the first hit. */
  String begin();

  /** A hit; empty if this form has no place for it. */
  String hit(Hit hit);

  /** What stands after the last hit. */
  String end();
}
