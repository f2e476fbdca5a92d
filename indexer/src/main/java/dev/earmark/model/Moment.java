package dev.earmark.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * A piece of text about an episode, keyed by time: what a search returns.
 *
 * @param kind what it is
 * @param title its heading, if it has one of its own
 * @param body its text; may be empty if there is a title
 * @param speaker who says it; null if nobody does or it is not known
 * @param anchor where it lies
 * @param times the time of each word of {@link #text()}; null unless these are spoken words
 * @param cues the cues it was made of, as their source has them; null if it was made of none
 * @param check whether it was said, if it is a quotation and there is a transcript to look it up in
 * @param topics what the source says it is about
 * @param section the headings it stands under in its source, outermost first
 * @param details its parts by name, such as {@code item} and {@code value} of a price, all of which
 *     also stand in the text
 * @param corrections the words that its source has otherwise, in their order
 * @param continues whether its text goes on from the moment before it in the same source, so that a
 *     phrase may run from one into the other
 * @param line the line of the source it starts at, counted from 1; 0 if the format has no lines
 */
public record Moment(
    Kind kind,
    @Nullable String title,
    String body,
    @Nullable String speaker,
    Anchor anchor,
    @Nullable TimeMap times,
    @Nullable SegmentCues cues,
    @Nullable QuoteCheck check,
    SequencedSet<String> topics,
    List<String> section,
    SequencedMap<String, String> details,
    List<Correction> corrections,
    boolean continues,
    int line) {

  private static final SequencedSet<String> NO_TOPICS =
      Collections.unmodifiableSequencedSet(new LinkedHashSet<>());

  private static final SequencedMap<String, String> NO_DETAILS =
      Collections.unmodifiableSequencedMap(new LinkedHashMap<>());

  public Moment {
    topics = topics.isEmpty() ? NO_TOPICS : new LinkedHashSet<>(topics);
    section = List.copyOf(section);
    details = details.isEmpty() ? NO_DETAILS : new LinkedHashMap<>(details);
    corrections = List.copyOf(corrections);
    if (body.isBlank() && (title == null || title.isBlank())) {
      throw new IllegalArgumentException("a moment must have a title or a body");
    }
  }

  /** All that can be searched: the title on a line of its own, then the body. */
  public String text() {
    if (title == null) {
      return body;
    }
    return body.isEmpty() ? title : title + "\n" + body;
  }

  public static Builder builder(Kind kind, String body) {
    return new Builder(kind, body);
  }

  /** A builder that holds what this moment holds. */
  public Builder toBuilder() {
    return toBuilder(body);
  }

  /** A builder that holds what this moment holds but for its text. */
  public Builder toBuilder(String otherBody) {
    return copyTo(new Builder(kind, otherBody));
  }

  /** A builder that holds what this moment holds but for its kind. */
  public Builder toBuilder(Kind otherKind) {
    return copyTo(new Builder(otherKind, body));
  }

  private Builder copyTo(Builder copy) {
    copy.corrections = corrections;
    copy.title = title;
    copy.speaker = speaker;
    copy.anchor = anchor;
    copy.times = times;
    copy.cues = cues;
    copy.check = check;
    topics.forEach(copy::topic);
    copy.section = section;
    copy.details(details);
    copy.continues = continues;
    copy.line = line;
    return copy;
  }

  /** Sets the optional parts; the defaults are none, unplaced, not continuing. Not thread-safe. */
  public static final class Builder {
    private final Kind kind;
    private final String body;
    private @Nullable String title;
    private @Nullable String speaker;
    private Anchor anchor = Anchor.unplaced();
    private @Nullable TimeMap times;
    private @Nullable SegmentCues cues;
    private @Nullable QuoteCheck check;
    private SequencedSet<String> topics = NO_TOPICS;
    private List<String> section = List.of();
    private SequencedMap<String, String> details = NO_DETAILS;
    private List<Correction> corrections = List.of();
    private boolean continues;
    private int line;

    private Builder(Kind kind, String body) {
      this.kind = kind;
      this.body = body;
    }

    public Builder title(@Nullable String value) {
      title = value == null || value.isBlank() ? null : value;
      return this;
    }

    public Builder speaker(@Nullable String value) {
      speaker = value == null || value.isBlank() ? null : value;
      return this;
    }

    public Builder anchor(Anchor value) {
      anchor = value;
      return this;
    }

    public Builder times(@Nullable TimeMap value) {
      times = value;
      return this;
    }

    public Builder cues(@Nullable SegmentCues value) {
      cues = value;
      return this;
    }

    public Builder check(@Nullable QuoteCheck value) {
      check = value;
      return this;
    }

    public Builder topic(String value) {
      if (topics == NO_TOPICS) {
        topics = new LinkedHashSet<>();
      }
      topics.add(value);
      return this;
    }

    public Builder section(List<String> value) {
      section = List.copyOf(value);
      return this;
    }

    /** Names a part; a blank value is left out. */
    public Builder detail(String name, @Nullable String value) {
      if (value != null && !value.isBlank()) {
        details(Map.of(name, value));
      }
      return this;
    }

    public Builder details(Map<String, String> values) {
      if (details == NO_DETAILS && !values.isEmpty()) {
        details = new LinkedHashMap<>();
      }
      values.forEach(details::put);
      return this;
    }

    public Builder corrections(List<Correction> value) {
      corrections = List.copyOf(value);
      return this;
    }

    public Builder continues(boolean value) {
      continues = value;
      return this;
    }

    public Builder line(int value) {
      line = value;
      return this;
    }

    public Moment build() {
      return new Moment(
          kind,
          title,
          body,
          speaker,
          anchor,
          times,
          cues,
          check,
          topics,
          section,
          details,
          corrections,
          continues,
          line);
    }
  }
}
