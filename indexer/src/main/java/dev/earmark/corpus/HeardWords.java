package dev.earmark.corpus;

import dev.earmark.model.Correction;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets words right that a recogniser heard wrongly, as a manifest says: {@code heard: {Gullhaven:
 * [Gull Haven, Gulhafen]}}.
 *
 * <p>In the text of a moment the right words stand in the place and at the times of those that were
 * heard, and a {@link Correction} keeps these, so that both are found and shown. Of several ways
 * that begin at a word the longest counts; case, accents and hyphens do not, and an 's behind
 * stays. The source is not touched. Stateless and thread-safe.
 */
final class HeardWords {
  /** Of what is said, a word that makes up this share is no mishearing. */
  private static final double COMMON = 0.01;

  private static final int FEWEST_TO_TELL = 20;

  private final Map<String, List<Way>> byFirst = new HashMap<>();

  private record Way(String[] heard, String right) {}

  /** A stretch of characters of the old text, and what stands there in the new. */
  private record Edit(int from, int to, String text) {}

  HeardWords(Map<String, List<String>> glossary) {
    glossary.forEach((right, ways) -> {
      for (String way : ways) {
        String[] words = Words.of(way).folded();
        if (words.length > 0) {
          byFirst.computeIfAbsent(words[0], first -> new ArrayList<>()).add(new Way(words, right));
        }
      }
    });
    byFirst
        .values()
        .forEach(ways ->
            ways.sort((one, other) -> Integer.compare(other.heard.length, one.heard.length)));
  }

  boolean isEmpty() {
    return byFirst.isEmpty();
  }

  /** What forbids to take some words for others; null if nothing does. */
  static @Nullable String whyNot(String right, String way, List<String> languages) {
    String[] words = Words.of(way).folded();
    if (words.length == 0) {
      return "has no word in it";
    }
    if (Words.of(right).count() == 0) {
      return "would leave nothing to be found";
    }
    Set<String> common = new HashSet<>();
    languages.forEach(language -> common.addAll(FunctionWords.of(language)));
    for (String word : words) {
      if (!common.contains(word) && word.length() > 1) {
        return null;
      }
    }
    return words.length == 1
        ? "would change a word that is said all the time"
        : "would change words that are said all the time";
  }

  /** The ways of one word that are said so often in an episode that they must be words of it. */
  static List<String> common(Map<String, List<String>> glossary, List<SourceDocument> sources) {
    Set<String> single = new HashSet<>();
    glossary
        .values()
        .forEach(ways ->
            ways.forEach(way -> {
              String[] words = Words.of(way).folded();
              if (words.length == 1) {
                single.add(words[0]);
              }
            }));
    if (single.isEmpty()) {
      return List.of();
    }
    Map<String, Integer> counts = new HashMap<>();
    long all = 0;
    for (SourceDocument source : sources) {
      for (Moment moment : source.moments()) {
        for (String word : Words.of(moment.body()).folded()) {
          all++;
          if (single.contains(word)) {
            counts.merge(word, 1, Integer::sum);
          }
        }
      }
    }
    long most = Math.max(FEWEST_TO_TELL, (long) (COMMON * all));
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > most)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** A moment with the right words. */
  Moment in(Moment moment) {
    int titleEnd = moment.text().length() - moment.body().length();
    List<Edit> edits = edits(moment.body());
    if (edits.isEmpty()) {
      return moment;
    }
    String body = apply(moment.body(), edits);
    Words old = Words.of(moment.text());
    Words now = Words.of(moment.text().substring(0, titleEnd) + body);
    List<Correction> corrections = new ArrayList<>();
    TimeMap.Builder times = TimeMap.builder();
    TimeMap before = moment.times();
    int oldWord = 0;
    int newWord = 0;
    int moved = 0;
    for (Edit edit : edits) {
      int from = old.firstWordFrom(titleEnd + edit.from());
      int to = old.firstWordFrom(titleEnd + edit.to());
      int start = titleEnd + edit.from() + moved;
      int first = now.firstWordFrom(start);
      int last = now.firstWordFrom(start + edit.text().length());
      if (first - newWord != from - oldWord || last <= first || to <= from) {
        // The words beside it would be others as well.
        return moment;
      }
      copy(before, times, oldWord, from);
      if (before != null) {
        times.add(
            last - first,
            before.startOf(from),
            Math.max(before.startOf(from), before.endOf(to - 1)));
      }
      corrections.add(
          new Correction(first, last - first, moment.body().substring(edit.from(), edit.to())));
      moved += edit.text().length() - (edit.to() - edit.from());
      oldWord = to;
      newWord = last;
    }
    if (now.count() - newWord != old.count() - oldWord) {
      return moment;
    }
    copy(before, times, oldWord, old.count());
    return moment.toBuilder(body)
        .times(before == null ? null : times.build())
        .cues(
            moment.cues() == null
                ? null
                : moment
                    .cues()
                    .edited(
                        moment.body(),
                        body,
                        at -> moved(edits, at),
                        text -> apply(text, edits(text))))
        .corrections(corrections)
        .build();
  }

  private static void copy(@Nullable TimeMap from, TimeMap.Builder to, int first, int end) {
    for (int word = first; from != null && word < end; word++) {
      to.add(1, from.startOf(word), from.endOf(word));
    }
  }

  private static int moved(List<Edit> edits, int at) {
    int moved = 0;
    for (Edit edit : edits) {
      if (at <= edit.from()) {
        break;
      }
      if (at < edit.to()) {
        return edit.from() + moved + edit.text().length();
      }
      moved += edit.text().length() - (edit.to() - edit.from());
    }
    return at + moved;
  }

  private static String apply(String text, List<Edit> edits) {
    StringBuilder result = new StringBuilder();
    int at = 0;
    for (Edit edit : edits) {
      result.append(text, at, edit.from()).append(edit.text());
      at = edit.to();
    }
    return result.append(text, at, text.length()).toString();
  }

  private List<Edit> edits(String text) {
    List<Edit> edits = new ArrayList<>();
    Words words = Words.of(text);
    for (int i = 0; i < words.count(); ) {
      Edit edit = editAt(text, words, i);
      if (edit == null) {
        i++;
      } else {
        edits.add(edit);
        i = words.firstWordFrom(edit.to());
      }
    }
    // What is right already stays as it is, and hides no shorter way.
    edits.removeIf(edit -> edit.text().equals(text.substring(edit.from(), edit.to())));
    return edits;
  }

  private @Nullable Edit editAt(String text, Words words, int first) {
    for (String word : List.of(words.folded(first), withoutS(text, words, first))) {
      for (Way way : byFirst.getOrDefault(word, List.of())) {
        int last = first + way.heard.length - 1;
        boolean same = last < words.count();
        for (int k = 0; same && k < way.heard.length; k++) {
          boolean ends = k == way.heard.length - 1;
          same =
              words.folded(first + k).equals(way.heard[k])
                  || (ends && withoutS(text, words, last).equals(way.heard[k]));
          same &= k == 0 || isJoined(text, words.end(first + k - 1), words.start(first + k));
        }
        if (same) {
          String all = text.substring(words.start(first), words.end(last));
          boolean whole = words.folded(last).equals(way.heard[way.heard.length - 1]);
          String behind = whole ? "" : all.substring(all.length() - 2);
          return new Edit(words.start(first), words.end(last), way.right + behind);
        }
      }
    }
    return null;
  }

  /** The folded word without an 's behind it. */
  private static String withoutS(String text, Words words, int word) {
    String written = text.substring(words.start(word), words.end(word));
    boolean has = written.endsWith("'s") || written.endsWith("’s");
    return has ? Words.fold(written.substring(0, written.length() - 2)) : words.folded(word);
  }

  private static boolean isJoined(String text, int from, int to) {
    for (int at = from; at < to; at++) {
      char c = text.charAt(at);
      if (!Character.isWhitespace(c) && c != '-' && c != '‐' && c != '’' && c != '\'') {
        return false;
      }
    }
    return to - from <= 3;
  }
}
