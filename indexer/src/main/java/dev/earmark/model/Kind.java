package dev.earmark.model;

import java.util.Locale;
import java.util.Optional;

/** What a moment is. The order is the order in which a page lists kinds. */
public enum Kind {
  SEGMENT("a stretch of the talk, spoken or summed up"),
  CHAPTER("a part of the recording with a title"),
  QUOTE("somebody's words, picked out"),
  PRICE("an amount of money, with what it is for"),
  PREDICTION("what somebody expects, with its horizon"),
  BOTTLENECK("what is said to hold things up, with the evidence"),
  FACT("a single statement of fact"),
  TECHNOLOGY("a technology and what it does"),
  TAKEAWAY("a point to take home"),
  NOTE("what somebody wrote about the recording"),
  TERM("a term or topic, with its explanation if there is one"),
  MENTION("a name that comes up");

  private final String meaning;

  Kind(String meaning) {
    this.meaning = meaning;
  }

  /** The name in queries, the index and the API, such as {@code prediction}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The kind with this id, whatever its case. */
  public static Optional<Kind> of(String id) {
    for (Kind kind : values()) {
      if (kind.id().equalsIgnoreCase(id)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
