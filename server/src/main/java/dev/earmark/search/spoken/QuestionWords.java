package dev.earmark.search.spoken;

import dev.earmark.model.Words;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words that make a question of what somebody wants to know: "what did they say about", "was
 * meinten sie zu".
 *
 * <p>They ask for speech about a subject and do not occur in it more than elsewhere, but as words
 * of writing they are rare enough in speech to weigh heavily. Words that are common in speech, such
 * as articles, need no mention: their frequency tells. Left out are those that mean something else
 * in another of the languages, once folded, such as "über" (Uber) and "dice".
 */
final class QuestionWords {
  private static final Set<String> WORDS =
      Stream.of(
              "what why how who whom whose when where which did does do about regarding",
              "according say says said saying tell tells told think thinks thought thinking",
              "believe believes believed talk talks talked talking discuss discusses discussed",
              "discussing discussion discussions summarize summarise summary describe describes",
              "described explain explains explained mention mentions mentioned opinion opinions",
              "propose proposes proposed suggest suggests suggested recommend recommended argue",
              "argued agree agreed disagree disagreed decide decided conclude concluded",
              "wer wie wann wo warum welche welcher welches sagt sagte sagten meint meinte meinten",
              "denkt dachte diskussion diskutiert diskutierten besprochen erwähnt meinung",
              "zusammenfassung",
              "quoi quel quelle quels quelles pourquoi quand dit disent pense pensent",
              "discuté résumer",
              "qué quién cómo cuándo dónde cuál dijo dijeron piensa piensan sobre",
              "discusión discutió resumen resumir opinión",
              "perché quando dicono pensano discussione riassunto opinione",
              "quem porquê onde disse disseram discussão resumo opinião",
              "wat wie waarom wanneer waar zegt zei zeiden vindt mening discussie samenvatting")
          .flatMap(line -> Stream.of(line.split(" ")))
          .map(Words::fold)
          .collect(Collectors.toUnmodifiableSet());

  private QuestionWords() {}

  /** Whether words are, or may be, a question. */
  static boolean anyIn(Collection<String> words) {
    return words.stream().anyMatch(WORDS::contains);
  }

  static boolean contains(String word) {
    return WORDS.contains(word);
  }
}
