package dev.earmark.meaning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.vector.EmbeddingModelException;
import java.io.IOException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts a text into the pieces of words that a model of BERT's kind knows.
 *
 * <p>First a text is made plain: control characters go, accents go, letters become small. Then it
 * is cut at white space, around each punctuation mark and around each Chinese character. Each word
 * is written with the longest pieces of the vocabulary, from its left to its right, all but the
 * first with {@code ##} before them: "embedding" is {@code em ##bed ##ding}. A word that cannot be
 * written so, such as an emoji that the vocabulary lacks, is the one token {@code [UNK]}.
 *
 * <p>Reads {@code tokenizer.json} of Hugging Face's tokenizers and gives the same numbers, with one
 * exception: a text that holds the name of a mark, such as {@code [SEP]}, is read as what it says,
 * so that nobody's words end a text before its end. Works no longer on a long text than on what the
 * model sees of it. Immutable and thread-safe.
 *
 * <p>Source: Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", 2019, and its
 * code; Wu et al., "Google's Neural Machine Translation System", 2016, for the pieces of words.
 */
final class WordPieceTokenizer {
  private final Map<String, Integer> firsts = new HashMap<>();
  private final Map<String, Integer> continuations = new HashMap<>();
  private final boolean cleansText;
  private final boolean separatesChinese;
  private final boolean stripsAccents;
  private final boolean lowercases;
  private final int unknown;
  private final int begin;
  private final int end;
  private final int longestWord;

  /**
   * Reads a tokenizer.
   *
   * @param place names the file in messages
   * @throws EmbeddingModelException if it is none, or one of another kind
   */
  WordPieceTokenizer(byte[] json, String place) {
    JsonNode root;
    try {
      root = JsonMapper.builder().build().readTree(json);
    } catch (IOException e) {
      throw new EmbeddingModelException(
          place + " is no tokenizer: it is not JSON; take tokenizer.json of the same model", e);
    }
    JsonNode model = root.path("model");
    JsonNode plain = root.path("normalizer");
    require(place, "model", model.path("type").asText(""), "WordPiece");
    require(place, "normalizer", plain.path("type").asText(""), "BertNormalizer");
    require(
        place,
        "pre_tokenizer",
        root.path("pre_tokenizer").path("type").asText(""),
        "BertPreTokenizer");
    cleansText = plain.path("clean_text").asBoolean(true);
    separatesChinese = plain.path("handle_chinese_chars").asBoolean(true);
    lowercases = plain.path("lowercase").asBoolean(true);
    JsonNode accents = plain.path("strip_accents");
    stripsAccents = accents.isBoolean() ? accents.asBoolean() : lowercases;
    longestWord = model.path("max_input_chars_per_word").asInt(100);
    String prefix = model.path("continuing_subword_prefix").asText("##");
    Map<String, Integer> all = new HashMap<>();
    for (Map.Entry<String, JsonNode> piece : model.path("vocab").properties()) {
      int id = piece.getValue().asInt();
      String text = piece.getKey();
      all.put(text, id);
      firsts.put(text, id);
      if (text.startsWith(prefix)) {
        continuations.put(text.substring(prefix.length()), id);
      }
    }
    unknown = mark(all, model.path("unk_token").asText("[UNK]"), place);
    begin = mark(all, "[CLS]", place);
    end = mark(all, "[SEP]", place);
  }

  private static void require(String place, String part, String found, String wanted) {
    if (!found.equals(wanted)) {
      throw new EmbeddingModelException(
          place
              + " is a tokenizer that is not understood: "
              + part
              + " is "
              + (found.isEmpty() ? "missing" : found)
              + ", must be "
              + wanted
              + "; take a model of BERT's kind, such as MiniLM, BGE or E5 in English");
    }
  }

  private static int mark(Map<String, Integer> vocabulary, String mark, String place) {
    Integer id = vocabulary.get(mark);
    if (id == null) {
      throw new EmbeddingModelException(
          place + " has no piece " + mark + "; take tokenizer.json of the same model");
    }
    return id;
  }

  /**
   * The numbers of the tokens of a text, between those that mark its beginning and end.
   *
   * @param most how many at most, with both marks
   */
  long[] tokens(String text, int most) {
    Tokens tokens = new Tokens(most - 1);
    tokens.add(begin);
    int from = 0;
    while (from < text.length() && !tokens.full()) {
      int to = from;
      while (to < text.length() && !isWhiteSpace(text.codePointAt(to))) {
        to += Character.charCount(text.codePointAt(to));
      }
      if (to > from) {
        words(plain(text.substring(from, to)), tokens);
      }
      from = to + (to < text.length() ? Character.charCount(text.codePointAt(to)) : 0);
    }
    return tokens.endedBy(end);
  }

  /** Cuts what stands between white space. */
  private void words(String text, Tokens tokens) {
    int from = 0;
    for (int i = 0; i < text.length() && !tokens.full(); ) {
      int point = text.codePointAt(i);
      int next = i + Character.charCount(point);
      if (isWhiteSpace(point)) {
        pieces(text, from, i, tokens);
        from = next;
      } else if (isPunctuation(point) || (separatesChinese && isChinese(point))) {
        pieces(text, from, i, tokens);
        pieces(text, i, next, tokens);
        from = next;
      }
      i = next;
    }
    pieces(text, from, text.length(), tokens);
  }

  /** Writes a word with the longest pieces. */
  private void pieces(String text, int from, int to, Tokens tokens) {
    if (from >= to || tokens.full()) {
      return;
    }
    if (text.codePointCount(from, to) > longestWord) {
      tokens.add(unknown);
      return;
    }
    int mark = tokens.count;
    int start = from;
    while (start < to) {
      Map<String, Integer> known = start == from ? firsts : continuations;
      int stop = to;
      Integer id = known.get(text.substring(start, stop));
      while (id == null && stop > start) {
        stop = text.offsetByCodePoints(stop, -1);
        id = stop > start ? known.get(text.substring(start, stop)) : null;
      }
      if (id == null) {
        tokens.count = mark;
        tokens.add(unknown);
        return;
      }
      tokens.add(id);
      start = stop;
    }
  }

  private String plain(String text) {
    int ascii = 0;
    while (ascii < text.length() && text.charAt(ascii) > ' ' && text.charAt(ascii) < 0x7F) {
      ascii++;
    }
    if (ascii == text.length()) {
      return lowercases ? text.toLowerCase(Locale.ROOT) : text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(point -> !cleansText || !isControl(point))
        .forEach(clean::appendCodePoint);
    String plain = clean.toString();
    if (stripsAccents) {
      StringBuilder bare = new StringBuilder(plain.length());
      Normalizer.normalize(plain, Normalizer.Form.NFD)
          .codePoints()
          .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
          .forEach(bare::appendCodePoint);
      plain = bare.toString();
    }
    if (lowercases) {
      // Each by itself: in a word, the last Σ of Greek would become another letter.
      StringBuilder small = new StringBuilder(plain.length());
      plain
          .codePoints()
          .forEach(point -> small.append(Character.toString(point).toLowerCase(Locale.ROOT)));
      plain = small.toString();
    }
    return plain;
  }

  /** Of the control characters that are white space, cleaning drops all but these three. */
  private boolean isWhiteSpace(int point) {
    return switch (point) {
      case ' ', '\t', '\n', '\r', 0xA0 -> true;
      case 0x0B, 0x0C, 0x85 -> !cleansText;
      default -> point > 0xFF && Character.isSpaceChar(point);
    };
  }

  private static boolean isControl(int point) {
    return point == 0xFFFD
        || switch (Character.getType(point)) {
          case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE ->
              true;
          default -> false;
        };
  }

  private static boolean isPunctuation(int point) {
    if (point < 0x80) {
      return (point > ' ' && point < '0')
          || (point > '9' && point < 'A')
          || (point > 'Z' && point < 'a')
          || (point > 'z' && point < 0x7F);
    }
    return switch (Character.getType(point)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /** As the code of BERT has it: neither kana nor hangul, which are written in longer words. */
  private static boolean isChinese(int point) {
    return (point >= 0x4E00 && point <= 0x9FFF)
        || (point >= 0x3400 && point <= 0x4DBF)
        || (point >= 0x20000 && point <= 0x2A6DF)
        || (point >= 0x2A700 && point <= 0x2B73F)
        || (point >= 0x2B740 && point <= 0x2B81F)
        || (point >= 0x2B920 && point <= 0x2CEAF)
        || (point >= 0xF900 && point <= 0xFAFF)
        || (point >= 0x2F800 && point <= 0x2FA1F);
  }

  /** Numbers of tokens, up to a limit. */
  private static final class Tokens {
    private final int most;
    private long[] ids = new long[64];
    private int count;

    Tokens(int most) {
      this.most = most;
    }

    boolean full() {
      return count >= most;
    }

    void add(long id) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
      }
      ids[count++] = id;
    }

    /** A word may have had more pieces than there was room for. */
    long[] endedBy(long id) {
      int kept = Math.min(count, most);
      long[] all = Arrays.copyOf(ids, kept + 1);
      all[kept] = id;
      return all;
    }
  }
}
