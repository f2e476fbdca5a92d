package dev.earmark.text;

import java.util.List;

/**
 * Strips particles from Korean words: endings that mark the role of a noun, as in 서울에서, "in Seoul".
 *
 * <p>Particles are stripped one by one while two syllables remain, in queries and texts alike, so
 * it does no harm if a noun ends in what looks like one. Nouns of one syllable keep theirs.
 * Stateless and thread-safe.
 */
final class KoreanParticles {
  private static final int LEAST_LEFT = 2;

  /** Longer ones first, so that 에서 is not read as 서. */
  private static final List<String> PARTICLES =
      List.of(
          "이라고", "이라는", "에게서", "으로써", "으로서", "이라도", "에서", "에게", "께서", "한테", "으로", "까지", "부터", "처럼",
          "보다", "마다", "조차", "밖에", "이나", "이랑", "하고", "라고", "라는", "라도", "이다", "은", "는", "이", "가", "을",
          "를", "의", "에", "로", "와", "과", "도", "만", "나", "랑", "들");

  private KoreanParticles() {}

  static boolean isHangul(char c) {
    return c >= 0xAC00 && c <= 0xD7A3;
  }

  /** The word without its particles. */
  static String strip(String word) {
    String left = word;
    boolean more = true;
    while (more) {
      more = false;
      for (String particle : PARTICLES) {
        if (left.length() >= particle.length() + LEAST_LEFT && left.endsWith(particle)) {
          left = left.substring(0, left.length() - particle.length());
          more = true;
          break;
        }
      }
    }
    return left;
  }
}
