package dev.earmark.search;

import java.util.List;

/**
 * Where in an episode that which was asked for lies, and the chapters around it: what is drawn as a
 * strip.
 *
 * @param chapters in the order of the recording
 * @param hits when the moments that match start, in milliseconds, in order; those without a time
 *     are left out
 * @param lastMs when the last of all its moments starts; 0 if none has a time
 */
public record Outline(List<Chapter> chapters, List<Long> hits, long lastMs) {
  public static final Outline EMPTY = new Outline(List.of(), List.of(), 0);

  /** A part of the recording with a title; it lasts until the next begins. */
  public record Chapter(long startMs, String title) {}

  public Outline {
    chapters = List.copyOf(chapters);
    hits = List.copyOf(hits);
  }
}
