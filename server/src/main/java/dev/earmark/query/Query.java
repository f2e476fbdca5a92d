package dev.earmark.query;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a query asks for, as a tree. Immutable; {@code toString} gives text that parses to the same
 * tree. Words in it are folded as {@link dev.earmark.text.Words} folds them.
 */
public sealed interface Query {

  /** Whether a moment may, must or must not match a clause. */
  enum Occur {
    /** Counts towards the rank; of all such clauses one must match, unless another must anyway. */
    MAY(""),
    MUST("+"),
    MUST_NOT("-");

    private final String sign;

    Occur(String sign) {
      this.sign = sign;
    }
  }

  /** A part of a query and how it counts. */
  record Clause(Occur occur, Query query) {
    @Override
    public String toString() {
      // A phrase that need not match is what a hyphenated word parses to.
      return occur == Occur.MAY && query instanceof Phrase phrase
          ? phrase.joined("-")
          : occur.sign + query;
    }
  }

  /** Several clauses together. */
  record Clauses(List<Clause> clauses) implements Query {
    public static final Clauses NONE = new Clauses(List.of());

    public Clauses {
      clauses = List.copyOf(clauses);
    }

    public boolean isEmpty() {
      return clauses.isEmpty();
    }

    @Override
    public String toString() {
      return clauses.stream()
          .map(clause ->
              clause.query() instanceof Clauses inner
                  ? clause.occur().sign + "(" + inner + ")"
                  : clause.toString())
          .collect(Collectors.joining(" "));
    }
  }

  /** At least one of several. */
  record AnyOf(List<Query> options) implements Query {
    public AnyOf {
      options = List.copyOf(options);
    }

    @Override
    public String toString() {
      return options.stream()
          .map(option -> option instanceof Clauses ? "(" + option + ")" : option.toString())
          .collect(Collectors.joining(" OR ", "(", ")"));
    }
  }

  /** A word, in any of its forms. */
  record Word(String word) implements Query {
    @Override
    public String toString() {
      return word;
    }
  }

  /**
   * Words in a row, exactly as they are.
   *
   * @param words at least one
   * @param slop 0 for a row without gaps; else all words in any order, with at most this many
   *     others between them
   */
  record Phrase(List<String> words, int slop) implements Query {
    public Phrase {
      words = List.copyOf(words);
    }

    /** The words with something between them, but not between a number and its sign. */
    private String joined(String between) {
      StringBuilder all = new StringBuilder(words.getFirst());
      for (int i = 1; i < words.size(); i++) {
        boolean unit = isSign(words.get(i - 1)) || isSign(words.get(i));
        all.append(unit ? "" : between).append(words.get(i));
      }
      return all.toString();
    }

    private static boolean isSign(String word) {
      return word.length() == 1 && !Character.isLetterOrDigit(word.charAt(0));
    }

    @Override
    public String toString() {
      return '"' + joined(" ") + '"' + (slop == 0 ? "" : "~" + slop);
    }
  }

  /**
   * A word behind one that has lost its vowel, as they are typed together: {@code l'école}, {@code
   * l'éco*}. Whether the first is one of grammar depends on the language.
   *
   * @param of a word, a row of words without gaps, a prefix or a fuzzy word
   */
  record Elided(String first, Query of) implements Query {
    /** The words in a row, as if nothing were elided. */
    public Phrase row() {
      List<String> words = new ArrayList<>(List.of(first));
      switch (of) {
        case Word word -> words.add(word.word());
        case Phrase phrase -> words.addAll(phrase.words());
        case Prefix prefix -> words.add(prefix.prefix());
        case Fuzzy fuzzy -> words.add(fuzzy.word());
        default -> throw new IllegalStateException("nothing is elided before " + of);
      }
      return new Phrase(words, 0);
    }

    @Override
    public String toString() {
      return first + "'" + (of instanceof Phrase phrase ? phrase.joined("-") : of);
    }
  }

  /** All words that begin so. */
  record Prefix(String prefix) implements Query {
    @Override
    public String toString() {
      return prefix + "*";
    }
  }

  /**
   * All words that are nearly so.
   *
   * @param edits how many letters may be wrong, missing, extra or swapped: 1 or 2
   */
  record Fuzzy(String word, int edits) implements Query {
    @Override
    public String toString() {
      return word + "~" + edits;
    }
  }

  /** Moments whose field has this value. */
  record FieldIs(String field, String value) implements Query {
    @Override
    public String toString() {
      return field + ":\"" + value.replace("\"", "") + '"';
    }
  }

  /** Moments of episodes between two days, both included; null for open. */
  record Dates(@Nullable LocalDate from, @Nullable LocalDate to) implements Query {
    @Override
    public String toString() {
      return from != null ? "after:" + from : "before:" + to;
    }
  }

  /** Moments that start between two times of the recording, in milliseconds; null for open. */
  record Times(@Nullable Long fromMs, @Nullable Long toMs) implements Query {
    @Override
    public String toString() {
      return fromMs != null ? "from:" + fromMs + "ms" : "to:" + toMs + "ms";
    }
  }
}
