package dev.earmark.page;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks when and how much, in the transcript of an episode.
 *
 * <p>Time is counted where the transcript has times, once where a speaker's moments overlap; else
 * the words are. Where an episode has several transcripts the one with most words is heard, so that
 * nobody is counted twice.
 */
final class Voices {
  static final int HEIGHT = 8;

  private final Map<String, Voice> voices = new LinkedHashMap<>();
  private long allMs;
  private long allWords;

  /** What is known of one speaker. */
  private static final class Voice {
    private final List<long[]> stretches = new ArrayList<>();
    private long millis;
    private long words;

    void add(TimeSpan span) {
      long from = span.startMs();
      long to = span.endMs();
      long[] last = stretches.isEmpty() ? null : stretches.getLast();
      if (last != null && from <= last[1]) {
        millis += Math.max(0, to - last[1]);
        last[1] = Math.max(last[1], to);
      } else if (to > from) {
        millis += to - from;
        stretches.add(new long[] {from, to});
      }
    }
  }

  static Voices of(List<StoredMoment> moments) {
    Voices voices = new Voices();
    String source = transcript(moments);
    for (StoredMoment stored : moments) {
      Moment moment = stored.moment();
      String speaker = moment.speaker();
      if (speaker == null || !stored.source().equals(source)) {
        continue;
      }
      Voice voice = voices.voices.computeIfAbsent(speaker, name -> new Voice());
      voice.words += Words.of(moment.text()).count();
      moment.anchor().span().ifPresent(voice::add);
    }
    for (Voice voice : voices.voices.values()) {
      voices.allMs += voice.millis;
      voices.allWords += voice.words;
    }
    return voices;
  }

  /** The document in which most is said by somebody; null if nobody speaks in any. */
  private static @Nullable String transcript(List<StoredMoment> moments) {
    Map<String, Integer> said = new LinkedHashMap<>();
    String most = null;
    for (StoredMoment stored : moments) {
      Moment moment = stored.moment();
      boolean speech = moment.speaker() != null && moment.kind() == Kind.SEGMENT;
      if (speech) {
        int length = said.merge(stored.source(), moment.body().length(), Integer::sum);
        if (most == null || length > said.getOrDefault(most, 0)) {
          most = stored.source();
        }
      }
    }
    return most;
  }

  List<String> names() {
    return List.copyOf(voices.keySet());
  }

  /** How long somebody speaks, such as {@code 1:02:11}; null if that is not known. */
  @Nullable String time(String name) {
    Voice voice = voices.get(name);
    return voice == null || voice.millis == 0 ? null : Labels.duration(voice.millis);
  }

  /** How much of all that is said somebody says; null if it is not known. */
  @Nullable String share(String name) {
    Voice voice = voices.get(name);
    if (voice == null || allWords == 0) {
      return null;
    }
    return allMs > 0
        ? Labels.share(voice.millis, allMs)
        : Labels.share(voice.words, allWords) + " of the words";
  }

  /**
   * When somebody speaks, as a path in a box as high as {@value #HEIGHT}; null if it is not known.
   */
  @Nullable String lane(String name, long durationMs) {
    Voice voice = voices.get(name);
    if (voice == null || voice.stretches.isEmpty() || durationMs <= 0) {
      return null;
    }
    StripPath path = new StripPath(durationMs, HEIGHT);
    long unit = durationMs / StripPath.WIDTH;
    long from = voice.stretches.getFirst()[0];
    long to = from;
    for (long[] stretch : voice.stretches) {
      // What lies closer than can be seen is one stretch.
      if (stretch[0] - to > unit) {
        path.box(from, to);
        from = stretch[0];
      }
      to = stretch[1];
    }
    return path.box(from, to).toString();
  }
}
