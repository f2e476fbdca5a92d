package dev.earmark.search.spoken;

import dev.earmark.text.Words;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words that make a question: "what did they say about", "was meinten sie zu".
 *
 * <p>They say nothing about the answer, but are rare enough in speech to weigh heavily. Words that
 * are frequent in speech, such as articles, are not listed; their frequency suffices. Words that
 * mean something else in another language once folded are left out, such as "über" (Uber) and
 * "dice".
 */
final class QuestionWords {
  private static final Set<String> SAYING =
      words(
          "according say says said saying tell tells told think thinks thought",
          "thinking believe believes believed talk talks talked talking describe describes",
          "described explain explains explained mention mentions mentioned propose proposes",
          "proposed suggest suggests suggested recommend recommended argue argued agree agreed",
          "disagree disagreed decide decided conclude concluded",
          "sagt sagte sagten meint meinte meinten denkt dachte",
          "dit disent pense pensent dijo dijeron piensa piensan dicono pensano disse disseram",
          "zegt zei zeiden vindt");

  private static final Set<String> ASKING =
      words(
          "did does do what why how who whom whose when where which about regarding discuss"
              + " discusses discussed",
          "discussing discussion discussions summarize summarise summary opinion opinions",
          "wer wie wann wo warum welche welcher welches diskussion diskutiert diskutierten",
          "besprochen erwähnt meinung zusammenfassung",
          "quoi quel quelle quels quelles pourquoi quand discuté résumer",
          "qué quién cómo cuándo dónde cuál sobre discusión discutió resumen resumir opinión",
          "perché quando discussione riassunto opinione",
          "quem porquê onde discussão resumo opinião",
          "wat wie waarom wanneer waar mening discussie samenvatting");

  /** Words that begin a question and hardly anything else. */
  private static final Set<String> BEGINNING =
      words(
          "what why how who whom whose when where which did does",
          "wer wie wann wo warum wieso welche welcher welches",
          "quoi quel quelle quels quelles pourquoi quand comment",
          "qué quién cómo cuándo dónde cuál perché quando quem porquê onde",
          "wat waarom wanneer waar");

  private QuestionWords() {}

  /** Whether a text is certainly a question: by its mark, or by the word it begins with. */
  static boolean isQuestion(String text) {
    String stripped = text.strip();
    Words words = Words.of(stripped);
    return stripped.endsWith("?")
        || stripped.endsWith("？")
        || stripped.endsWith("؟")
        || (words.count() > 1 && BEGINNING.contains(words.folded(0)));
  }

  private static Set<String> words(String... lines) {
    return Stream.of(lines)
        .flatMap(line -> Stream.of(line.split(" ")))
        .map(Words::fold)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether words are, or may be, a question. */
  static boolean anyIn(Collection<String> words) {
    return words.stream().anyMatch(QuestionWords::contains);
  }

  /** Whether words form a question; a verb of speaking or thinking alone does not. */
  static boolean ask(Collection<String> words) {
    return words.stream().anyMatch(ASKING::contains);
  }

  static boolean contains(String word) {
    return SAYING.contains(word) || ASKING.contains(word);
  }

  /** Whether a word stands beside whoever says, thinks or does something in a question. */
  static boolean isSaying(String word) {
    return SAYING.contains(word);
  }
}
