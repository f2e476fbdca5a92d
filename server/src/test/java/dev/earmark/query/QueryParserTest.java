package dev.earmark.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.search.HostileInput;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "country geniuses | country geniuses",
        "\"country of geniuses\" | +\"country of geniuses\"",
        "“Country of Geniuses” | +\"country of geniuses\"",
        "«pays de génies» | +\"pays de genies\"",
        "\"a b\"~5 | +\"a b\"~5",
        "-word +other | -word +other",
        "NOT word AND other | -word +other",
        "a OR b OR c | (a OR b OR c)",
        "a AND b | +a +b",
        "(a b) c | (a b) c",
        "pre* | pre*",
        "wrod~ | wrod~1",
        "geniusses~ | geniusses~2",
        "wrod~1 | wrod~1",
        "speaker:\"Dario Amodei\" | +speaker:\"Dario Amodei\"",
        "by:Dario kind:quote | +speaker:\"Dario\" +kind:\"quote\"",
        "after:2026-01-01 | +after:2026-01-01",
        "before:2025 | +before:2025-12-31",
        "from:1:00:00 to:1:30:00 | +from:3600000ms +to:5400000ms",
        "EIP-7702 DevNet2 | eip-7702 devnet-2",
        "don’t DON'T | dont dont",
        "C++ c# | c++ c#",
        "12:30 | 12-30",
        "L’École +l'eau | l'ecole +l'eau",
        "l'éco* -l'eau~ | l'eco* -l'eau~1",
        "(d'arc-en-ciel OR dell'acqua) | (d'arc-en-ciel OR dell'acqua)",
        "o'neill l't | oneill lt",
        "a - b | a b",
      })
  void readsAs(String text, String expected) {
    ParsedQuery parsed = QueryParser.parse(text);
    assertThat(parsed.query()).hasToString(expected);
    assertThat(parsed.notUnderstood()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"- +", "?!", "…", "()", "!!! ~"})
  void aQueryOfSignsHasNoWordAndSaysSo(String text) {
    ParsedQuery parsed = QueryParser.parse(text);
    assertThat(parsed.query().isEmpty()).isTrue();
    assertThat(parsed.notUnderstood()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"open quote | open quote | 0 | 1 | never closed",
        "foo:bar | foo-bar | 0 | 4 | no field \"foo\"; there are speaker",
        "speaker: x | x | 0 | 8 | a value is needed",
        "after:soon | after-soon | 0 | 10 | \"soon\" is not a date",
        "from:99:99:99:99:99 | from-99-99-99-99-99 | 0 | 19 | is not a time",
        "a ) b | a b | 2 | 3 | no ( before",
        "(a b | (a b) | 0 | 1 | never closed",
        "OR a | a | 0 | 2 | OR belongs between",
        "a OR | a | 2 | 4 | OR belongs between",
        "*** | `` | 0 | 3 | beginning of a word",
        "*end | end | 0 | 4 | only read at the end",
        "\"\" | `` | 0 | 2 | no word between",
        "word~7 | word-7 | 0 | 6 | 1 or 2",
      })
  void reportsWhatItDidNotUnderstandAndSearchesTheRest(
      String text, String expected, int from, int to, String message) {
    ParsedQuery parsed = QueryParser.parse(text);
    assertThat(parsed.query()).hasToString(expected);
    assertThat(parsed.notUnderstood()).hasSize(1);
    NotUnderstood part = parsed.notUnderstood().getFirst();
    assertThat(part.message()).contains(message);
    assertThat(List.of(part.from(), part.to())).containsExactly(from, to);
  }

  @Test
  void isBounded() {
    assertThat(QueryParser.parse("word ".repeat(10_000)).query().clauses())
        .hasSize(QueryParser.MOST_PARTS);
    QueryParser.parse("(".repeat(16_000));
    QueryParser.parse("\"".repeat(16_001));
    QueryParser.parse("a:".repeat(8_000));
    assertThat(QueryParser.parse("\"" + "w ".repeat(500) + "\"").query().clauses()).hasSize(1);
  }

  @Property
  void whatIsPrintedReadsBack(@ForAll("queries") String text) {
    Query.Clauses query = QueryParser.parse(text).query();
    assertThat(QueryParser.parse(query.toString()).query()).as(query.toString()).isEqualTo(query);
  }

  @Property
  void neverFailsWhateverItIsGiven(@ForAll String text) {
    ParsedQuery parsed = QueryParser.parse(text);
    for (NotUnderstood part : parsed.notUnderstood()) {
      assertThat(part.from()).isBetween(0, text.length());
      assertThat(part.to()).isBetween(part.from(), text.length());
    }
    QueryParser.parse(parsed.query().toString());
  }

  @Provide
  Arbitrary<String> queries() {
    Arbitrary<String> word =
        Arbitraries.of(
            "the",
            "geniuses",
            "don't",
            "EIP-7702",
            "C++",
            "3.5",
            "東京",
            "naïve",
            "l'école",
            "d'arc-en-ciel",
            "l'éco*",
            "pre*",
            "wrod~",
            "a~2",
            "x:y",
            "\"a b\"",
            "\"to be or not\"",
            "\"a b\"~3",
            "speaker:\"Ada Lovelace\"",
            "kind:quote",
            "after:2026-01-01",
            "before:2025-06",
            "from:1:00",
            "to:90",
            "OR",
            "AND",
            "NOT",
            "(",
            ")",
            "\"",
            "*",
            "~");
    Arbitrary<String> signed =
        Combinators.combine(Arbitraries.of("", "", "", "+", "-"), word).as((sign, w) -> sign + w);
    return signed
        .list()
        .ofMaxSize(12)
        .map(parts -> parts.stream().collect(Collectors.joining(" ")));
  }

  @Test
  void aQuoteThatIsNotClosedIsNoPartOfAFieldsValue() {
    assertThat(QueryParser.parse("speaker:\"Mara").query().toString())
        .isEqualTo("+speaker:\"Mara\"");
    assertThat(QueryParser.parse("lamp speaker:\"").notUnderstood())
        .extracting(Object::toString)
        .singleElement()
        .asString()
        .contains("after \"speaker:\" a value is needed");
  }

  @Test
  void aQueryOfAnyKindReadsAsItsOwnText() throws IOException {
    for (String text : HostileInput.queries()) {
      Query.Clauses query = QueryParser.parse(text).query();
      assertThat(QueryParser.parse(query.toString()).query()).as(text).isEqualTo(query);
    }
  }

  @Test
  void theQueriesOfOtherParsersSuitesAreAmongThem() throws IOException {
    HostileInput.assumeOthers("that 653 queries of other parsers' suites are read, and answered");
    assertThat(HostileInput.queries()).hasSizeGreaterThan(700);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "country of gen | gen | country of gen",
        "Über | uber | uber",
        "l'éco | eco | l'eco",
        "gen | gen | gen",
        "g | g | g",
        "budget g | g | budget",
        "2 | 2 | 2",
        "gen. | | gen",
        "`\"country of gen` | gen | country of gen",
        "`\"country of gen\"` | | `+\"country of gen\"`",
        "+gen | | +gen",
        "-gen | | -gen",
        "gen* | | gen*",
        "gen~ | | gen~1",
        "speaker:ann | | `+speaker:\"ann\"`",
        "e-mai | | e-mai",
        "flood OR mea | | (flood OR mea)",
      })
  void theLastPlainWordIsBegunWhileItIsTyped(String text, @Nullable String begun, String query) {
    ParsedQuery parsed = QueryParser.parseTyped(text);
    assertThat(parsed.begun()).isEqualTo(begun);
    assertThat(parsed.query()).hasToString(query);
    assertThat(QueryParser.parseTyped(text + " ").begun()).isNull();
  }
}
