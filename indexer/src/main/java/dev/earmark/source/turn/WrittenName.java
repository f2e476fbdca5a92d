package dev.earmark.source.turn;

import dev.earmark.source.head.SpeakerName;
import org.jspecify.annotations.Nullable;

/** A name as lines have it, and how it looks, which is asked of few. */
final class WrittenName {
  private final String name;
  private final String key;
  private @Nullable Boolean likely;

  WrittenName(String name) {
    this.name = name;
    this.key = SpeakerName.key(name);
  }

  String key() {
    return key;
  }

  /** Whether it is written as names are. */
  boolean isLikely() {
    Boolean known = likely;
    if (known == null) {
      known = SpeakerName.looksLikeName(name);
      likely = known;
    }
    return known;
  }

  /** Likewise, or it is an office such as {@code THE WITNESS} or {@code The Chair}. */
  boolean isOffice() {
    boolean office = name.startsWith("The ") || name.startsWith("THE ");
    return office ? SpeakerName.looksLikeName(name.substring(4).strip()) : isLikely();
  }
}
