package dev.earmark.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The cues that a segment was made of, as their source has them: their times, their line breaks,
 * and what stands in them beside the words.
 *
 * <p>Kept as bytes, since they are asked for only when a transcript is written out. A cue costs
 * about five bytes: its text is that of the segment, and only where it stood otherwise (a line
 * break, a description of a sound) is that kept. Immutable and thread-safe.
 */
public final class SegmentCues {
  private static final int TIMED_WORDS = 1;
  private static final int OWN_TEXT = 2;
  private static final int SILENT = 4;
  private static final int GOES_ON = 8;
  private static final int TIGHT = 16;

  private final byte[] bytes;

  private SegmentCues(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * One cue of a segment.
   *
   * @param startMs when the cue starts
   * @param endMs when it ends
   * @param text as its source has it; of a cue that is cut, the part that is not told yet
   * @param from where its words begin in the text of the segment
   * @param to where they end
   * @param timedWords whether the source times its words
   * @param silent whether nobody speaks in it, so that it has no part in the segment's text
   * @param goesOn whether it is the rest of the cue before, which may lie in the segment before
   * @param gap what stands between the cue before and this rest of it
   */
  public record Part(
      long startMs,
      long endMs,
      String text,
      int from,
      int to,
      boolean timedWords,
      boolean silent,
      boolean goesOn,
      String gap) {}

  /**
   * The cues of a segment, in the order of the source.
   *
   * @param body the text of the segment
   * @throws IllegalArgumentException if these are not the cues of that text
   */
  public List<Part> of(String body) {
    List<Part> parts = new ArrayList<>();
    VariableIntegers.Reader in = new VariableIntegers.Reader(bytes);
    long before = 0;
    int at = 0;
    while (!in.atEnd()) {
      int flags = (int) in.next();
      long start = before + in.nextSigned();
      long end = start + in.next();
      int from = at + (int) in.next();
      int to = from + (int) in.next();
      if (start < 0 || end < start || from < at || to < from || to > body.length()) {
        throw new IllegalArgumentException("these are not the cues of this text");
      }
      boolean own = (flags & OWN_TEXT) != 0;
      String text =
          own
              ? new String(in.nextBytes(), StandardCharsets.UTF_8)
              : withBreaks(body.substring(from, to), in);
      parts.add(
          new Part(
              start,
              end,
              text,
              from,
              to,
              (flags & TIMED_WORDS) != 0,
              (flags & SILENT) != 0,
              (flags & GOES_ON) != 0,
              (flags & TIGHT) != 0 ? "" : " "));
      before = start;
      at = to;
    }
    return parts;
  }

  private static String withBreaks(String text, VariableIntegers.Reader in) {
    long count = in.next();
    if (count == 0) {
      return text;
    }
    StringBuilder broken = new StringBuilder(text);
    int at = 0;
    for (long i = 0; i < count; i++) {
      at += (int) in.next();
      if (at < 0 || at >= broken.length()) {
        throw new IllegalArgumentException("a line break lies outside its text");
      }
      broken.setCharAt(at, '\n');
    }
    return broken.toString();
  }

  /**
   * The same cues of a text in which some words were replaced.
   *
   * @param body the text of the segment until now
   * @param newBody its text from now on
   * @param moved where a place of the old text is in the new
   * @param own replaces the words in the text of a cue that stands otherwise in its source
   */
  public SegmentCues edited(
      String body, String newBody, IntUnaryOperator moved, UnaryOperator<String> own) {
    Builder builder = builder();
    for (Part part : of(body)) {
      int from = Math.max(builder.at, moved.applyAsInt(part.from()));
      // Where the beginning of a cue went to the one before, the blank behind it goes too.
      while (from < newBody.length()
          && part.from() < part.to()
          && Character.isWhitespace(newBody.charAt(from))) {
        from++;
      }
      int to = Math.max(from, moved.applyAsInt(part.to()));
      String text = part.text();
      String slice = body.substring(part.from(), part.to());
      List<Integer> breaks = Builder.breaks(slice, text);
      if (breaks != null) {
        StringBuilder broken = new StringBuilder(newBody.substring(from, to));
        for (int at : breaks) {
          int place = moved.applyAsInt(part.from() + at) - from;
          if (place >= 0 && place < broken.length() && broken.charAt(place) == ' ') {
            broken.setCharAt(place, '\n');
          }
        }
        text = broken.toString();
      } else if (!part.silent()) {
        text = own.apply(text);
      }
      builder.add(part, from, to, text, newBody);
    }
    return builder.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SegmentCues cues && Arrays.equals(bytes, cues.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "cues in " + bytes.length + " bytes";
  }

  /** The cues as bytes; {@link #fromBytes} reads them back. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The cues that {@link #toBytes} wrote. */
  public static SegmentCues fromBytes(byte[] bytes) {
    return new SegmentCues(bytes.clone());
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects cues in the order of the source. Not thread-safe. */
  public static final class Builder {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long before;
    private int at;

    private Builder() {}

    /**
     * Adds a cue, or a part of one that is too long for one piece.
     *
     * @param cue the whole cue, its text on one line
     * @param cutAt where in its text the part begins
     * @param from where the part begins in the text of the segment
     * @param to where it ends there
     */
    public Builder add(Cue cue, int cutAt, int from, int to) {
      String text = cue.text();
      boolean goesOn = cutAt > 0;
      boolean whole = !goesOn && to - from == text.length();
      String written = cue.asWritten().strip();
      List<Integer> breaks = whole ? breaks(text, written) : null;
      boolean own = breaks == null && !written.equals(text);
      int flags =
          (cue.words().isEmpty() ? 0 : TIMED_WORDS)
              | (own ? OWN_TEXT : 0)
              | (goesOn ? GOES_ON : 0)
              | (goesOn && !Character.isWhitespace(text.charAt(cutAt - 1)) ? TIGHT : 0);
      head(flags, cue.span(), from, to);
      if (own) {
        // The first part of a cue that is cut has all of its text, the others have none.
        text(goesOn ? "" : written);
      } else {
        breaks(breaks == null ? List.of() : breaks);
      }
      return this;
    }

    private void add(Part part, int from, int to, String written, String body) {
      List<Integer> breaks = part.silent() ? null : breaks(body.substring(from, to), written);
      int flags =
          (part.timedWords() ? TIMED_WORDS : 0)
              | (breaks == null ? OWN_TEXT : 0)
              | (part.silent() ? SILENT : 0)
              | (part.goesOn() ? GOES_ON : 0)
              | (part.goesOn() && part.gap().isEmpty() ? TIGHT : 0);
      head(flags, TimeSpan.ofMillis(part.startMs(), part.endMs()), from, to);
      if (breaks == null) {
        text(written);
      } else {
        breaks(breaks);
      }
    }

    private void breaks(List<Integer> places) {
      VariableIntegers.write(out, places.size());
      int last = 0;
      for (int place : places) {
        VariableIntegers.write(out, place - last);
        last = place;
      }
    }

    /** Adds a cue in which nobody speaks. */
    public Builder silent(Cue cue) {
      head(OWN_TEXT | SILENT, cue.span(), at, at);
      text(cue.asWritten());
      return this;
    }

    private void head(int flags, TimeSpan span, int from, int to) {
      VariableIntegers.write(out, flags);
      VariableIntegers.writeSigned(out, span.startMs() - before);
      VariableIntegers.write(out, span.durationMs());
      VariableIntegers.write(out, from - at);
      VariableIntegers.write(out, to - from);
      before = span.startMs();
      at = to;
    }

    private void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      VariableIntegers.write(out, utf8.length);
      out.writeBytes(utf8);
    }

    public SegmentCues build() {
      return new SegmentCues(out.toByteArray());
    }

    /** Where a text has a space and was written with a line break; null if it differs otherwise. */
    private static @Nullable List<Integer> breaks(String text, String written) {
      if (text.length() != written.length()) {
        return null;
      }
      List<Integer> breaks = new ArrayList<>();
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) == ' ' && written.charAt(i) == '\n') {
          breaks.add(i);
        } else if (text.charAt(i) != written.charAt(i)) {
          return null;
        }
      }
      return breaks;
    }
  }
}
