package dev.earmark.page;

import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A recording drawn as a strip from its start to its end. Places on it are percentages of its
 * length.
 *
 * @param durationMs its length
 * @param bands its parts, one after another
 * @param stretches parts somewhere in which something lies that is to be seen
 * @param ticks instants to see
 * @param now the instant the page is about; null if there is none
 * @param hours labels below
 */
public record TimelineView(
    long durationMs,
    List<Band> bands,
    List<Band> stretches,
    List<Tick> ticks,
    @Nullable String now,
    List<Label> hours) {
  private static final int MOST_LABELS = 5;

  private static final int MOST_STRETCHES = 200;

  /** How many ticks a strip has room for. */
  private static final long TICKS = 1_000;

  private static final int[] STEPS_SECONDS = {
    10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 864_000
  };

  /** A part of the recording. */
  public record Band(String from, String width, String title, String address) {}

  /** An instant. */
  public record Tick(String at, String address, String title) {}

  /** A time below the strip. */
  public record Label(String at, String text) {}

  /** Puts a timeline together; instants outside of the recording are left out. */
  static final class Builder {
    private final long durationMs;
    private final List<Band> bands = new ArrayList<>();
    private final Set<TimeSpan> marked = new HashSet<>();
    private final List<Band> stretches = new ArrayList<>();
    private final List<Tick> ticks = new ArrayList<>();
    private @Nullable String now;
    private long lastPlace;

    Builder(long durationMs) {
      this.durationMs = durationMs;
    }

    Builder band(TimeSpan span, String title, String address) {
      add(bands, span, title, address);
      return this;
    }

    /** Marks a part somewhere in which something lies; the same part is marked once. */
    Builder stretch(TimeSpan span, String title, String address) {
      if (stretches.size() < MOST_STRETCHES && marked.add(span)) {
        add(stretches, span, title, address);
      }
      return this;
    }

    private void add(List<Band> list, TimeSpan span, String title, String address) {
      if (span.startMs() < durationMs) {
        long end = Math.min(durationMs, span.endMs());
        list.add(new Band(share(span.startMs()), share(end - span.startMs()), title, address));
      }
    }

    /** Marks an instant; those are given in order. One that would cover the last is left out. */
    Builder tick(long atMs, String address, String title) {
      long place = durationMs <= 0 ? 0 : TICKS * atMs / durationMs;
      if (atMs <= durationMs && (ticks.isEmpty() || place != lastPlace)) {
        lastPlace = place;
        ticks.add(new Tick(share(atMs), address, title));
      }
      return this;
    }

    Builder now(long atMs) {
      now = atMs <= durationMs ? share(atMs) : null;
      return this;
    }

    /** The timeline; null if the length is not known. */
    @Nullable TimelineView build() {
      return durationMs <= 0
          ? null
          : new TimelineView(durationMs, bands, stretches, ticks, now, labels());
    }

    private List<Label> labels() {
      long step = step();
      List<Label> labels = new ArrayList<>();
      // One near the end would run into the label of the end on a narrow screen.
      for (long at = step; at < durationMs / 5 * 4; at += step) {
        labels.add(new Label(share(at), new Timestamp(at).clock()));
      }
      return labels;
    }

    private long step() {
      for (int seconds : STEPS_SECONDS) {
        long step = Timestamp.ofSeconds(seconds).millis();
        if (durationMs / step < MOST_LABELS) {
          return step;
        }
      }
      return durationMs;
    }

    private String share(long millis) {
      return String.format(Locale.ROOT, "%.3f%%", 100.0 * millis / durationMs);
    }
  }

  /** Its length as people read it. */
  public String length() {
    return Labels.duration(durationMs);
  }
}
