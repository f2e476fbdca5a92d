package dev.earmark.text;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Reduces a text to the words that editing leaves alone, so that speech can be compared with print.
 *
 * <p>Drops fillers ("um", "you know", "sort of"), repeated words, and the currency or per cent that
 * a sign may stand for. Numbers become one word each ({@link NumberWords}), contractions are
 * expanded ("don't" to "do not", "gonna" to "going to"), and plurals lose their ending. The rules
 * are for English; other words stay as they are. Both sides of a comparison are treated alike.
 *
 * <p>Immutable; linear in the length of the text.
 */
public final class PlainWords {
  private static final Set<String> FILLERS =
      Set.of(
          "um", "umm", "uh", "uhh", "uhm", "er", "erm", "ah", "eh", "hm", "hmm", "mm", "mhm", "huh",
          "like");

  /** Fillers of two words: the second by the first. */
  private static final Map<String, String> FILLER_PAIRS =
      Map.of("you", "know", "i", "mean", "sort", "of", "kind", "of");

  private static final Set<String> UNITS =
      Set.of("dollar", "dollars", "buck", "bucks", "percent", "euro", "euros", "pound", "pounds");

  private static final Map<String, String[]> WRITTEN_OUT =
      Map.ofEntries(
          out("dont", "do", "not"),
          out("doesnt", "does", "not"),
          out("didnt", "did", "not"),
          out("isnt", "is", "not"),
          out("arent", "are", "not"),
          out("wasnt", "was", "not"),
          out("werent", "were", "not"),
          out("cant", "can", "not"),
          out("cannot", "can", "not"),
          out("couldnt", "could", "not"),
          out("wouldnt", "would", "not"),
          out("shouldnt", "should", "not"),
          out("wont", "will", "not"),
          out("havent", "have", "not"),
          out("hasnt", "has", "not"),
          out("hadnt", "had", "not"),
          out("im", "i", "am"),
          out("ive", "i", "have"),
          out("youre", "you", "are"),
          out("youve", "you", "have"),
          out("youll", "you", "will"),
          out("youd", "you", "would"),
          out("weve", "we", "have"),
          out("theyre", "they", "are"),
          out("theyve", "they", "have"),
          out("theyll", "they", "will"),
          out("theyd", "they", "would"),
          out("its", "it", "is"),
          out("thats", "that", "is"),
          out("theres", "there", "is"),
          out("whats", "what", "is"),
          out("hes", "he", "is"),
          out("shes", "she", "is"),
          out("lets", "let", "us"),
          out("gonna", "going", "to"),
          out("wanna", "want", "to"),
          out("gotta", "got", "to"),
          out("cause", "because"),
          out("cuz", "because"),
          out("ok", "okay"));

  /** Contractions that without their apostrophe are other words. */
  private static final Map<String, String[]> WITH_APOSTROPHE =
      Map.ofEntries(
          out("were", "we", "are"),
          out("well", "we", "will"),
          out("wed", "we", "would"),
          out("ill", "i", "will"),
          out("id", "i", "would"),
          out("hell", "he", "will"),
          out("shell", "she", "will"));

  private static Map.Entry<String, String[]> out(String word, String... inFull) {
    return Map.entry(word, inFull);
  }

  private final WordNumbers vocabulary;
  private int[] numbers;
  private int[] words;
  private int count;

  private PlainWords(WordNumbers vocabulary, int most) {
    this.vocabulary = vocabulary;
    numbers = new int[Math.max(4, most)];
    words = new int[numbers.length];
  }

  /** The plain words of a text; new ones are added to the vocabulary. */
  public static PlainWords of(CharSequence text, WordNumbers vocabulary) {
    Words words = Words.of(text);
    String[] folded = words.folded();
    PlainWords plain = new PlainWords(vocabulary, folded.length);
    for (int at = 0; at < folded.length; ) {
      boolean again = at > 0 && folded[at].equals(folded[at - 1]);
      at += again ? 1 : plain.take(folded, words, at);
    }
    return plain;
  }

  /** Takes what stands at a word; says how many words that was. */
  private int take(String[] folded, Words words, int at) {
    String word = folded[at];
    if (FILLERS.contains(word) || isSign(word)) {
      return 1;
    }
    String second = FILLER_PAIRS.get(word);
    if (second != null && at + 1 < folded.length && folded[at + 1].equals(second)) {
      return 2;
    }
    NumberWords.Spoken number = NumberWords.at(folded, at);
    if (number != null) {
      add(number.name(), at);
      int next = at + number.words();
      boolean unit = next < folded.length && UNITS.contains(folded[next]);
      return number.words() + (unit ? 1 : 0);
    }
    String[] inFull = WRITTEN_OUT.get(word);
    if (WITH_APOSTROPHE.containsKey(word) && words.word(at).length() > word.length()) {
      inFull = WITH_APOSTROPHE.get(word);
    }
    if (inFull == null) {
      add(EnglishNouns.singular(word), at);
    } else {
      for (String each : inFull) {
        add(EnglishNouns.singular(each), at);
      }
    }
    return 1;
  }

  /** Whether a word is the sign of per cent or of a currency. */
  private static boolean isSign(String word) {
    char first = word.charAt(0);
    return word.length() == 1
        && (first == '%' || Character.getType(first) == Character.CURRENCY_SYMBOL);
  }

  private void add(String word, int at) {
    int number = vocabulary.number(word);
    if (count > 0 && numbers[count - 1] == number && words[count - 1] < at) {
      return;
    }
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, count * 2);
      words = Arrays.copyOf(words, count * 2);
    }
    numbers[count] = number;
    words[count++] = at;
  }

  public int count() {
    return count;
  }

  /** The number of a plain word in the vocabulary. */
  public int number(int plain) {
    return numbers[plain];
  }

  /** All numbers, in order. */
  public int[] numbers() {
    return Arrays.copyOf(numbers, count);
  }

  /** The word of the text, as {@link Words} counts them, at which a plain word begins. */
  public int word(int plain) {
    return words[plain];
  }
}
