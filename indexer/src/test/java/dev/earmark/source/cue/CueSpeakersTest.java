package dev.earmark.source.cue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimedWord;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who speaks, in captions whose text says so. */
class CueSpeakersTest {
  private static final String[] LINES = {
    "Good morning all of you.", "The crane is broken.", "Then we wait for the tide.",
    "Nobody told me about that.", "It was on the board.", "I never read the board.",
    "You should, it is there for you.", "Who repairs the thing?"
  };

  /** Every cue of two people, in every way in which a name is set apart. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s: ",
        "%s:\n",
        "[%s] ",
        "[%s]: ",
        "(%s) ",
        "(%s): ",
        "<%s> ",
        "{%s} ",
        "【%s】",
        "%s：",
        "- %s: ",
        ">> %s: ",
        ">>> %s: ",
        "%s (host): ",
        "%s [00:12]: ",
        "%s, PhD: ",
        "%s, Chair: ",
        "%s | Harbour Inc: ",
        "%s (External): ",
        "[%s]\n",
        "%s\n",
        "%s - ",
        "%s – ",
        "%s | ",
        "%s> ",
        "\u200e%s: ",
        "\u202b%s:\u202c ",
        "%s\u00a0: "
      })
  void eachCueNamed(String form) {
    assertSpeakers(form, "Ada Quist", "Ben Orr", Function.identity());
    assertSpeakers(form, "ADA QUIST", "BEN ORR", Function.identity());
    assertSpeakers(form, "Ада Квист", "Бен Орр", Function.identity());
    assertSpeakers(form, "עדה קוויסט", "בן אור", Function.identity());
    assertSpeakers(form, "آدا كويست", "بن أور", Function.identity());
    assertSpeakers(form, "田中太郎", "鈴木花子", Function.identity());
    assertSpeakers(form, "अदा क्विस्ट", "बेन ओर", Function.identity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s: ", "[%s] ", ">> %s: ", "%s:\n"})
  void namesOfMeetings(String form) {
    assertSpeakers(form, "ada@x.example", "ben.orr@harbour.example", Function.identity());
    assertSpeakers(form, "Conference Room 4B", "iPhone", Function.identity());
    assertSpeakers(form, "ada quist", "ben orr", Function.identity());
    assertSpeakers(form, "ada_q", "ben-2", Function.identity());
    assertSpeakers(form, "Quist, Ada", "Orr, Ben", CueSpeakersTest::inOrder);
    assertSpeakers(form, "van der Quist, Ada", "Orr, Ben", CueSpeakersTest::inOrder);
    assertSpeakers(form, "Dr. Ada Quist", "Mr. Orr", Function.identity());
    assertSpeakers(form, "Speaker 1", "Speaker 2", Function.identity());
    assertSpeakers(form, "SPEAKER_00", "SPEAKER_01", Function.identity());
  }

  private static String inOrder(String name) {
    int comma = name.indexOf(',');
    return name.substring(comma + 2) + " " + name.substring(0, comma);
  }

  private static void assertSpeakers(
      String form, String one, String two, Function<String, String> shown) {
    CueBuilder cues = new CueBuilder(new ProblemLog("t"));
    for (int i = 0; i < LINES.length; i++) {
      String name = i % 2 == 0 ? one : two;
      cues.add(i * 3_000, i * 3_000 + 3_000, null, form.formatted(name) + LINES[i], i + 1);
    }
    List<Cue> named = cues.cues();
    assertThat(named).extracting(Cue::text).as(form + one).containsExactly(LINES);
    for (int i = 0; i < LINES.length; i++) {
      assertThat(named.get(i).speaker())
          .as(form.replace("\n", "\\n"))
          .isEqualTo(shown.apply(i % 2 == 0 ? one : two));
      assertThat(named.get(i).span().startMs()).isEqualTo(i * 3_000);
    }
  }

  /** Names only where the speaker changes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s: ",
        "[%s] ",
        "(%s) ",
        ">> %s: ",
        "- %s: ",
        "[%s]: ",
        "%s:\n",
        "%s (host): ",
        "%s, PhD: ",
        "%s – "
      })
  void cuesWithoutANameGoOnWithTheSpeakerBefore(String form) {
    for (String[] names :
        new String[][] {{"Sarah", "Gillian"}, {"SARAH", "GILLIAN"}, {"Сара", "Джилл"}}) {
      String sarah = form.formatted(names[0]);
      String gillian = form.formatted(names[1]);
      List<Cue> cues =
          cues(
              sarah + "In this show we learn how to moor",
              "a ship in bad weather.",
              "The question comes from the lighthouse.",
              gillian + "Hi, it is me.",
              "My question is, do we need a rope?",
              sarah + "Yes, you do.");
      assertThat(cues)
          .extracting(Cue::speaker)
          .containsExactly(names[0], names[0], names[0], names[1], names[1], names[0]);
      assertThat(cues.getLast().text()).isEqualTo("Yes, you do.");
    }
  }

  /** Names beside the text, such as those of WebVTT's voices; a dash where there is none. */
  @ParameterizedTest
  @CsvSource({
    "Ada - Ben - Ada, Ada Ada Ben Ben Ada",
    "Ada - - Ben - Cy -, Ada Ada Ada Ben Ben Cy Cy",
    "Ada Ada - Ben Ben -, Ada Ada - Ben Ben -",
    "Ada - - -, Ada - - -",
    "Ada Ben Ada Ben Ada -, Ada Ben Ada Ben Ada -"
  })
  void voicesGivenAtChangesGoOn(String given, String expected) {
    CueBuilder cues = new CueBuilder(new ProblemLog("t"));
    String[] names = given.split(" ");
    for (int i = 0; i < names.length; i++) {
      String name = names[i].equals("-") ? null : names[i];
      cues.add(i * 2_000, i * 2_000 + 2_000, name, LINES[i], i + 1);
    }
    assertThat(cues.cues())
        .extracting(cue -> String.valueOf(cue.speaker()).replace("null", "-"))
        .containsExactly(expected.split(" "));
  }

  @Test
  void soundsAreNobodysAndEndNothing() {
    List<Cue> cues =
        cues(
            "[Ada] In this show we learn",
            "how to moor a ship.",
            "[applause]",
            "In bad weather, that is.",
            "♪ ♪",
            "[Ben] Hi, it is me.",
            "And my ship.",
            "[Ada] Yes.");
    assertThat(cues)
        .extracting(Cue::speaker)
        .containsExactly("Ada", "Ada", null, "Ada", null, "Ben", "Ben", "Ada");
  }

  @Test
  void aChangeMarkWithoutANameIsSomebodyElse() {
    List<Cue> cues =
        cues(
            ">> ADA: Good morning.",
            "The crane is broken.",
            ">> BEN: Again?",
            "It was whole yesterday.",
            ">> Not that one.",
            "The other one.",
            ">> ADA: Thank you.",
            "Let us go. >> Wait for me.");
    assertThat(cues)
        .extracting(Cue::speaker)
        .containsExactly("ADA", "ADA", "BEN", "BEN", null, null, "ADA", "ADA", null);
  }

  @Test
  void captionsForTheHardOfHearingNameOnlyWhomOneDoesNotSee() {
    List<Cue> cues =
        cues("MAN: Hey!", "Who is there?", "It is me.", "WOMAN: Come in.", "Thank you.", "No.");
    assertThat(cues)
        .extracting(Cue::speaker)
        .containsExactly("MAN", null, null, "WOMAN", null, null);
  }

  @Test
  void theSamePersonNamedAgainAndAgainIsNotNamedAtChanges() {
    List<Cue> cues =
        cues("Ada: One.", "Ada: Two.", "Who else?", "Ben: Three.", "Ben: Four.", "Nobody.", "So.");
    assertThat(cues)
        .extracting(Cue::speaker)
        .containsExactly("Ada", "Ada", null, "Ben", "Ben", null, null);
  }

  @Test
  void severalInACueAreSeveralCues() {
    List<Cue> cues =
        cues(
            "ADA: Are you coming?\nBEN: Not today.",
            "ADA: Who broke it? BEN: You did.",
            ">> ADA: I did not. >> BEN: You did.",
            "- ADA: Did I?\n- BEN: You did.",
            "[ADA] Never.\n[BEN] Once.",
            "ADA: The crane\nis broken. BEN: So\nit is.");
    assertThat(cues)
        .extracting(cue -> cue.speaker() + ": " + cue.text())
        .containsExactly(
            "ADA: Are you coming?",
            "BEN: Not today.",
            "ADA: Who broke it?",
            "BEN: You did.",
            "ADA: I did not.",
            "BEN: You did.",
            "ADA: Did I?",
            "BEN: You did.",
            "ADA: Never.",
            "BEN: Once.",
            "ADA: The crane\nis broken.",
            "BEN: So\nit is.");
    assertThat(cues.get(0).span().startMs()).isZero();
    assertThat(cues.get(0).span().endMs()).isEqualTo(cues.get(1).span().startMs());
    assertThat(cues.get(1).span().endMs()).isEqualTo(3_000);
  }

  @Test
  void timedWordsSayWhenEachSpeaks() {
    CueBuilder cues = new CueBuilder(new ProblemLog("t"));
    String text = "ADA: Coming? BEN: No.";
    List<TimedWord> words =
        List.of(new TimedWord(5, 12, 100, 900), new TimedWord(18, 21, 2_500, 2_900));
    cues.add(0, 3_000, null, text, words, 1);
    cues.add(3_000, 6_000, null, "BEN: Why?", 2);
    cues.add(6_000, 9_000, null, "ADA: So.", 3);
    List<Cue> named = cues.cues();
    assertThat(named.get(0).text()).isEqualTo("Coming?");
    assertThat(named.get(1).text()).isEqualTo("No.");
    assertThat(named.get(1).span().startMs()).isEqualTo(2_500);
    assertThat(named.get(1).words()).containsExactly(new TimedWord(0, 3, 2_500, 2_900));
  }

  @Test
  void aNameMustComeUpTwice() {
    assertThat(speakers("Remarkable: yes", "one", "two", "three")).containsOnlyNulls();
    assertThat(speakers("Ada: yes", "one", "two", "Ada: no"))
        .containsExactly("Ada", null, null, "Ada");
  }

  @Test
  void orTheSourceMustHaveTheHabit() {
    assertThat(speakers("Ada: yes")).as("all of it").containsExactly("Ada");
    assertThat(speakers("Ada: yes", "Ben: no")).containsExactly("Ada", "Ben");
    assertThat(speakers("Ada: yes", "one", "two")).as("one of three").containsOnlyNulls();
  }

  @Test
  void labelsAndBracketsNeedNoProof() {
    assertThat(speakers("SPEAKER_00: yes", "one", "two", "three")).contains("SPEAKER_00");
    assertThat(speakers("[Ada]: yes", "one", "two", "three")).contains("Ada");
    assertThat(speakers("[Speaker 1] yes", "one", "two", "three")).contains("Speaker 1");
  }

  @Test
  void soundsAndSentencesAreNoNames() {
    assertThat(
            speakers(
                "[Music] Hello.",
                "[Laughter] Yes.",
                "[Music] No.",
                "(applause) So.",
                "[Laughter] Well.",
                "[Music] Go.",
                "[Laughter] Stop.",
                "[Door opens] Hi."))
        .containsOnlyNulls();
    assertThat(
            speakers(
                "the rule is: go",
                "we say: stay",
                "the rule is: run",
                "and then",
                "so it was",
                "one more",
                "and more",
                "the end",
                "of it",
                "all"))
        .containsOnlyNulls();
    assertThat(
            speakers(
                "Hello there\ngood people",
                "good people\nof the harbour",
                "of the harbour\nof ours",
                "of ours\nand theirs",
                "and theirs\nand all",
                "and all\nof them"))
        .containsOnlyNulls();
    assertThat(
            speakers(
                "Oh my love\ncome home",
                "Oh my love\ncome soon",
                "Oh my love\ncome now",
                "Oh my love\nat last",
                "La la\nla",
                "La la\nla la",
                "La la\nla la la",
                "La la\nli"))
        .containsOnlyNulls();
  }

  private static List<String> speakers(String... texts) {
    return cues(texts).stream().map(Cue::speaker).toList();
  }

  private static List<Cue> cues(String... texts) {
    CueBuilder cues = new CueBuilder(new ProblemLog("t"));
    for (int i = 0; i < texts.length; i++) {
      cues.add(i * 3_000, i * 3_000 + 3_000, null, texts[i], i + 1);
    }
    return cues.cues();
  }
}
