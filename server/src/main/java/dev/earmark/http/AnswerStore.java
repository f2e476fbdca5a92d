package dev.earmark.http;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers of one snapshot of the index: those of an older one are dropped as soon as there is
 * one of a newer, and those longest not asked for when all take too much. Thread-safe.
 */
final class AnswerStore {
  /** What is larger than this part of all would push out too much else. */
  private static final int LARGEST_PART = 16;

  /** What an answer takes beside its bytes and its key, about. */
  private static final int OVERHEAD = 200;

  private final int mostBytes;
  private final Map<String, Answer> answers = new LinkedHashMap<>(64, 0.75f, true);
  private long stateOfAnswers;
  private long bytes;

  /**
   * @param mostBytes how much all answers may take, with their keys
   */
  AnswerStore(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * An answer as it was sent.
   *
   * @param packedAs the content encoding; null if it is not packed
   */
  record Answer(byte[] bytes, String contentType, @Nullable String packedAs) {}

  /** The answer of this key, if it is of this state. */
  synchronized @Nullable Answer find(long state, String key) {
    return state == stateOfAnswers ? answers.get(key) : null;
  }

  /** Keeps an answer unless it is of an older state than others, or very large. */
  synchronized void keep(long state, String key, Answer answer) {
    if (state < stateOfAnswers || size(key, answer) > mostBytes / LARGEST_PART) {
      return;
    }
    if (state > stateOfAnswers) {
      answers.clear();
      bytes = 0;
      stateOfAnswers = state;
    }
    Answer before = answers.put(key, answer);
    bytes += size(key, answer) - (before == null ? 0 : size(key, before));
    Iterator<Map.Entry<String, Answer>> oldest = answers.entrySet().iterator();
    while (bytes > mostBytes) {
      Map.Entry<String, Answer> entry = oldest.next();
      bytes -= size(entry.getKey(), entry.getValue());
      oldest.remove();
    }
  }

  private static int size(String key, Answer answer) {
    return answer.bytes().length + 2 * key.length() + OVERHEAD;
  }
}
