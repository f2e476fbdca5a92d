package dev.earmark.source.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.earmark.model.Cue;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.Formats;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One talk, written in the form of every tool that writes text, reads as the same turns: who, when,
 * what. The talk is made anew for each seed; {@code -Dtalk.seed=N} gives one back.
 */
class TalkInEveryFormTest {
  private record Said(String name, long startMs, long endMs, String text) {}

  private static final String[] WORDS =
      ("crane tide rope harbour ship morning board yard road noon tea lighthouse knot anchor sail"
              + " weather question answer nobody somebody evening repair wait broken longer")
          .split(" ");

  private static List<Said> talk(long seed, List<String> names) {
    Random random = new Random(seed);
    List<Said> talk = new ArrayList<>();
    long at = 3_000;
    int who = 0;
    for (int i = 0; i < 14; i++) {
      int count = 6 + random.nextInt(14);
      StringBuilder text = new StringBuilder("So");
      for (int k = 0; k < count; k++) {
        text.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
      }
      long length = 1_000L * (2 + count / 2);
      talk.add(new Said(names.get(who), at, at + length, text.append('.').toString()));
      at += length + 1_000L * random.nextInt(3);
      who = (who + 1 + random.nextInt(2)) % names.size();
    }
    return talk;
  }

  private static String hms(long ms) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60);
  }

  private static String ms(long ms) {
    return hms(ms) + String.format(Locale.ROOT, ".%03d", ms % 1_000);
  }

  private static String clock(long ms) {
    return String.format(Locale.ROOT, "%d:%02d", ms / 60_000, ms / 1_000 % 60);
  }

  private static String initials(Said said) {
    return said.name().substring(0, 1);
  }

  private static String lastFirst(Said said) {
    int space = said.name().indexOf(' ');
    return said.name().substring(space + 1) + ", " + said.name().substring(0, space);
  }

  private static String units(long ms) {
    long minutes = ms / 60_000;
    long seconds = ms / 1_000 % 60;
    return (minutes > 0 ? minutes + (minutes == 1 ? " minute " : " minutes ") : "")
        + seconds
        + " seconds";
  }

  /** What a form keeps of a talk: whether it names the speakers, and the name it gives one. */
  private record Form(
      boolean named,
      java.util.function.Function<List<Said>, String> write,
      String file,
      List<String> names,
      Kept kept) {
    Form(boolean named, java.util.function.Function<List<Said>, String> write, String file) {
      this(named, write, file, NAMES, Kept.STARTS);
    }
  }

  /** Which times a form keeps. */
  private enum Kept {
    /** Starts and ends. */
    BOTH,
    /** Starts; a turn ends no later than the next begins. */
    STARTS,
    /** Ends; a turn begins where the one before ends. */
    ENDS
  }

  private static final List<String> NAMES = List.of("Ada Quist", "Ben Orr", "Cleo van Dam");

  private static final Map<String, Form> FORMS = new LinkedHashMap<>();

  private static void form(String name, String file, BiFunction<StringBuilder, Said, ?> turn) {
    form(name, file, "", true, turn);
  }

  private static void form(
      String name,
      String file,
      String head,
      boolean named,
      BiFunction<StringBuilder, Said, ?> turn) {
    FORMS.put(
        name,
        new Form(
            named,
            talk -> {
              StringBuilder out = new StringBuilder(head);
              talk.forEach(said -> turn.apply(out, said));
              return out.toString();
            },
            file));
  }

  private static void people(
      String name, String file, List<String> names, BiFunction<StringBuilder, Said, ?> turn) {
    form(name, file, turn);
    Form form = FORMS.get(name);
    FORMS.put(name, new Form(true, form.write(), file, names, Kept.STARTS));
  }

  private static void keeps(String name, Kept kept) {
    Form form = FORMS.get(name);
    FORMS.put(name, new Form(form.named(), form.write(), form.file(), form.names(), kept));
  }

  private static String upper(Said said) {
    return said.name().toUpperCase(Locale.ROOT);
  }

  private static String last(Said said) {
    return said.name().substring(said.name().indexOf(' ') + 1);
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%d.%02d", ms / 1_000, ms / 10 % 100);
  }

  private static String timeOf(String form, Said s) {
    return switch (form) {
      case "primes" -> "(" + s.startMs() / 60_000 + "'" + s.startMs() / 1_000 % 60 + "\")";
      case "abbreviated units" ->
          "(" + s.startMs() / 60_000 + " Min. " + s.startMs() / 1_000 % 60 + " Sek.)";
      case "units in brackets" ->
          "(at " + s.startMs() / 60_000 + " minutes " + s.startMs() / 1_000 % 60 + " seconds)";
      case "labelled time" -> "[TIMESTAMP: " + hms(s.startMs()) + "]";
      case "time with a colon" -> "[Time: " + hms(s.startMs()) + "]";
      default -> "[Min " + clock(s.startMs()) + "]";
    };
  }

  /** What recognisers, editors, chats and telephones write; each was seen to be read wrongly. */
  static {
    form(
        "seconds in brackets",
        "t.txt",
        "Detected language 'en' with probability 0.99\n",
        false,
        (o, s) ->
            o.append(
                "["
                    + seconds(s.startMs())
                    + "s -> "
                    + seconds(s.endMs())
                    + "s] "
                    + s.text()
                    + "\n"));
    keeps("seconds in brackets", Kept.BOTH);
    people(
        "start and stop",
        "t.txt",
        List.of("SPEAKER_00", "SPEAKER_01", "SPEAKER_02"),
        (o, s) ->
            o.append(
                "start="
                    + seconds(s.startMs())
                    + "s stop="
                    + seconds(s.endMs())
                    + "s speaker_"
                    + s.name()
                    + " "
                    + s.text()
                    + "\n"));
    keeps("start and stop", Kept.BOTH);
    form(
        "numbered turns",
        "t.txt",
        (o, s) -> o.append("7. " + s.name() + " " + hms(s.startMs()) + "\n" + s.text() + "\n"));
    form(
        "numbered turns in brackets",
        "t.txt",
        (o, s) ->
            o.append("12) " + s.name() + " (" + clock(s.startMs()) + "): " + s.text() + "\n"));
    form(
        "name before stretch",
        "t.txt",
        (o, s) ->
            o.append(
                s.name()
                    + " "
                    + ms(s.startMs())
                    + " --> "
                    + ms(s.endMs())
                    + ": "
                    + s.text()
                    + "\n"));
    form(
        "columns with bars",
        "t.txt",
        (o, s) ->
            o.append(
                ms(s.startMs())
                    + " | "
                    + ms(s.endMs())
                    + " | "
                    + s.name()
                    + " | "
                    + s.text()
                    + "\n"));
    keeps("columns with bars", Kept.BOTH);
    form(
        "columns with tabs, no names",
        "t.txt",
        "",
        false,
        (o, s) -> o.append(ms(s.startMs()) + "\t" + ms(s.endMs()) + "\t" + s.text() + "\n"));
    form(
        "rows with commas",
        "t.txt",
        "",
        false,
        (o, s) -> o.append(ms(s.startMs()) + "," + ms(s.endMs()) + "," + s.text() + "\n"));
    keeps("rows with commas", Kept.BOTH);
    form(
        "braces",
        "t.txt",
        "",
        false,
        (o, s) -> o.append("{" + hms(s.startMs()) + "}{" + hms(s.endMs()) + "}" + s.text() + "\n"));
    keeps("braces", Kept.BOTH);
    form(
        "name in braces",
        "t.txt",
        (o, s) -> o.append(hms(s.startMs()) + " {" + s.name() + "} " + s.text() + "\n"));
    form(
        "name in angles",
        "t.txt",
        (o, s) -> o.append(hms(s.startMs()) + " <" + s.name() + "> " + s.text() + "\n"));
    form(
        "avid",
        "t.txt",
        "@ This file written with the Avid Caption plugin, version 1\n\n<begin subtitles>\n\n",
        false,
        (o, s) ->
            o.append(hms(s.startMs()) + ":00 " + hms(s.endMs()) + ":00\n" + s.text() + "\n\n"));
    keeps("avid", Kept.BOTH);
    form(
        "teams, copied with both times",
        "t.txt",
        (o, s) ->
            o.append(
                s.name()
                    + "\n"
                    + units(s.startMs())
                    + clock(s.startMs())
                    + "\n"
                    + s.name()
                    + " "
                    + units(s.startMs())
                    + "\n"
                    + s.text()
                    + "\n"));
    form(
        "zoom chat",
        "t.txt",
        (o, s) -> o.append(hms(s.startMs()) + "\t From " + s.name() + " : " + s.text() + "\n"));
    form(
        "zoom chat to everyone",
        "t.txt",
        (o, s) ->
            o.append(
                hms(s.startMs()) + " From " + s.name() + " to Everyone:\n\t" + s.text() + "\n"));
    form(
        "slanted time",
        "t.md",
        (o, s) ->
            o.append("**" + s.name() + "** *(" + clock(s.startMs()) + ")*\n" + s.text() + "\n\n"));
    form(
        "time as code in a quotation",
        "t.md",
        (o, s) ->
            o.append("> **" + s.name() + "** `" + hms(s.startMs()) + "`\n> " + s.text() + "\n\n"));
    form(
        "page of a meeting",
        "t.txt",
        "Harbour meeting - March 04\nVIEW RECORDING - 2 mins (No highlights)\n\n---\n\n",
        true,
        (o, s) -> o.append("@" + clock(s.startMs()) + " - " + s.name() + "\n" + s.text() + "\n\n"));
    form(
        "document of a meeting",
        "t.txt",
        "Mar 4, 2024\n\nHarbour meeting - Transcript\n\n",
        true,
        (o, s) -> o.append(hms(s.startMs()) + "\n\n" + s.name() + ": " + s.text() + "\n\n"));
    for (String form :
        List.of("primes", "abbreviated units", "units in brackets", "labelled time", "minutes")) {
      form(
          form,
          "t.txt",
          (o, s) -> o.append(s.name() + " " + timeOf(form, s) + ": " + s.text() + "\n\n"));
    }
    form(
        "time with a colon",
        "t.txt",
        (o, s) ->
            o.append(s.name() + ": " + s.text() + " " + timeOf("time with a colon", s) + "\n"));
    people(
        "telephones",
        "t.txt",
        List.of("+1 415-555-0100", "+44 20 7946 0018", "14155550199"),
        (o, s) -> o.append("[" + hms(s.startMs()) + "] " + s.name() + ": " + s.text() + "\n\n"));
    people(
        "telephones above",
        "t.txt",
        List.of("+1 415-555-0100", "Ben Orr", "14155550199"),
        (o, s) -> o.append(s.name() + "  " + clock(s.startMs()) + "\n" + s.text() + "\n\n"));
    people(
        "degrees",
        "t.txt",
        List.of("Ada Quist", "Ben Orr", "Cleo van Dam"),
        (o, s) -> o.append(s.name() + ", Ph.D.  " + clock(s.startMs()) + "\n" + s.text() + "\n\n"));
  }

  static {
    form(
        "otter",
        "t.txt",
        "Harbour meeting\n"
            + "Mon, Mar 4, 2024 10:02AM • 32:11\n\n"
            + "SUMMARY KEYWORDS\n"
            + "crane, tide\n\n"
            + "SPEAKERS\n"
            + "Ada Quist, Ben Orr\n\n",
        true,
        (o, s) -> o.append(s.name() + "  " + clock(s.startMs()) + "\n" + s.text() + "\n\n"));
    form(
        "zoom text",
        "t.txt",
        (o, s) -> o.append("[" + s.name() + "] " + hms(s.startMs()) + "\n" + s.text() + "\n\n"));
    form(
        "teams copied",
        "t.txt",
        "Ada Quist started transcription\n\n",
        true,
        (o, s) -> o.append(s.name() + "   " + clock(s.startMs()) + "\n" + s.text() + "\n\n"));
    form(
        "teams in words",
        "t.txt",
        (o, s) -> o.append(s.name() + "\n" + units(s.startMs()) + "\n" + s.text() + "\n\n"));
    form(
        "teams in words, one line",
        "t.txt",
        (o, s) -> o.append(s.name() + " " + units(s.startMs()) + "\n" + s.text() + "\n\n"));
    form(
        "fireflies",
        "t.txt",
        (o, s) -> o.append(s.name() + " - " + clock(s.startMs()) + "\n" + s.text() + "\n\n"));
    form(
        "descript",
        "t.md",
        (o, s) ->
            o.append("**" + s.name() + ":** [" + hms(s.startMs()) + "] " + s.text() + "\n\n"));
    form(
        "descript bare",
        "t.txt",
        (o, s) ->
            o.append("[" + hms(s.startMs()) + "] **" + s.name() + ":** " + s.text() + "\n\n"));
    form(
        "rev",
        "t.txt",
        (o, s) -> o.append(s.name() + " (" + hms(s.startMs()) + "):\n" + s.text() + "\n\n"));
    form(
        "rev one line",
        "t.txt",
        (o, s) -> o.append(s.name() + " (" + clock(s.startMs()) + "): " + s.text() + "\n\n"));
    form(
        "trint",
        "t.txt",
        (o, s) ->
            o.append("[" + hms(s.startMs()) + "] " + s.name() + " " + "\n" + s.text() + "\n\n"));
    form(
        "sonix",
        "t.txt",
        (o, s) -> o.append(s.name() + ": [" + hms(s.startMs()) + "] " + s.text() + "\n\n"));
    form(
        "happy scribe",
        "t.txt",
        (o, s) -> o.append("[" + ms(s.startMs()) + "] - " + s.name() + "\n" + s.text() + "\n\n"));
    form(
        "otranscribe",
        "t.txt",
        (o, s) -> o.append(clock(s.startMs()) + " " + s.name() + ": " + s.text() + "\n\n"));
    form(
        "whisper terminal",
        "t.txt",
        "",
        false,
        (o, s) ->
            o.append("[" + ms(s.startMs()) + " --> " + ms(s.endMs()) + "]  " + s.text() + "\n"));
    form(
        "named stretches",
        "t.txt",
        (o, s) ->
            o.append(
                "["
                    + ms(s.startMs())
                    + " - "
                    + ms(s.endMs())
                    + "] "
                    + s.name()
                    + ": "
                    + s.text()
                    + "\n"));
    form(
        "youtube panel",
        "t.txt",
        "",
        false,
        (o, s) -> o.append(clock(s.startMs()) + "\n" + s.text() + "\n"));
    form(
        "youtube panel, one line",
        "t.txt",
        "",
        false,
        (o, s) -> o.append(clock(s.startMs()) + s.text() + "\n"));
    form(
        "time and name",
        "t.txt",
        (o, s) -> o.append(hms(s.startMs()) + " " + s.name() + "\n" + s.text() + "\n\n"));
    form(
        "time dash name",
        "t.txt",
        (o, s) -> o.append(hms(s.startMs()) + " - " + s.name() + "\n" + s.text() + "\n\n"));
    form(
        "time alone, then name",
        "t.txt",
        (o, s) -> o.append(hms(s.startMs()) + "\n" + s.name() + "\n" + s.text() + "\n\n"));
    form(
        "name alone, then time",
        "t.txt",
        (o, s) -> o.append(s.name() + "\n" + hms(s.startMs()) + "\n" + s.text() + "\n\n"));
    form(
        "bracket time name",
        "t.txt",
        (o, s) -> o.append("[" + hms(s.startMs()) + "] " + s.name() + ": " + s.text() + "\n"));
    form(
        "name bar time",
        "t.txt",
        (o, s) -> o.append(s.name() + " | " + clock(s.startMs()) + "\n" + s.text() + "\n\n"));
    form(
        "headings",
        "t.md",
        (o, s) ->
            o.append("## " + s.name() + " (" + hms(s.startMs()) + ")\n\n" + s.text() + "\n\n"));
    form(
        "bold names",
        "t.md",
        (o, s) ->
            o.append("**" + s.name() + "** (" + hms(s.startMs()) + "): " + s.text() + "\n\n"));
    form(
        "bold head",
        "t.md",
        (o, s) ->
            o.append("**" + s.name() + " [" + clock(s.startMs()) + "]**\n\n" + s.text() + "\n\n"));
    form(
        "bullets",
        "t.md",
        (o, s) -> o.append("- [" + clock(s.startMs()) + "] " + s.name() + ": " + s.text() + "\n"));
    form(
        "table",
        "t.md",
        "| Time | Speaker | Text |\n|---|---|---|\n",
        true,
        (o, s) -> o.append("| " + hms(s.startMs()) + " | " + s.name() + " | " + s.text() + " |\n"));
    form(
        "tabs",
        "t.txt",
        (o, s) -> o.append(hms(s.startMs()) + "\t" + s.name() + "\t" + s.text() + "\n"));
    form(
        "linked times",
        "t.md",
        (o, s) ->
            o.append(
                "["
                    + clock(s.startMs())
                    + "](https://youtu.be/aBcDeFgHiJk?t="
                    + s.startMs() / 1_000
                    + ") **"
                    + s.name()
                    + "**: "
                    + s.text()
                    + "\n\n"));
    form(
        "obsidian",
        "t.md",
        (o, s) ->
            o.append(
                "[[talk.mp4#t="
                    + s.startMs() / 1_000
                    + "|"
                    + clock(s.startMs())
                    + "]] "
                    + s.name()
                    + ": "
                    + s.text()
                    + "\n\n"));
    form(
        "premiere",
        "t.txt",
        (o, s) ->
            o.append(
                hms(s.startMs()).replace(':', ';')
                    + ";00 - "
                    + hms(s.endMs()).replace(':', ';')
                    + ";00\n"
                    + s.name()
                    + "\n"
                    + s.text()
                    + "\n\n"));
    form(
        "f4, times behind",
        "t.txt",
        (o, s) -> o.append(s.name() + ": " + s.text() + " #" + hms(s.endMs()) + "-0#\n\n"));
    form(
        "last, first",
        "t.txt",
        (o, s) ->
            o.append("[" + hms(s.startMs()) + "] " + lastFirst(s) + ": " + s.text() + "\n\n"));
    form(
        "titles",
        "t.txt",
        (o, s) ->
            o.append(
                s.name() + ", PhD (Harbour Inc) " + hms(s.startMs()) + "\n" + s.text() + "\n\n"));
    form(
        "full width",
        "t.txt",
        (o, s) -> o.append("【" + hms(s.startMs()) + "】" + s.name() + "：" + s.text() + "\n"));
    form(
        "chat",
        "t.txt",
        (o, s) ->
            o.append(
                "*"
                    + s.name()
                    + ":\t"
                    + s.text()
                    + " \u0015"
                    + s.startMs()
                    + "_"
                    + s.endMs()
                    + "\u0015\n"));
    form(
        "google meet",
        "t.txt",
        "Harbour meeting (2024-03-04 10:02 GMT+1) - Transcript\n"
            + "Attendees\n"
            + "Ada Quist, Ben Orr, Cleo van Dam\n\n"
            + "Transcript\n\n",
        true,
        (o, s) -> o.append(hms(s.startMs()) + "\n" + s.name() + ": " + s.text() + "\n\n"));
    form(
        "name on its own line, time below in brackets",
        "t.txt",
        (o, s) -> o.append(s.name() + "\n[" + hms(s.startMs()) + "]\n" + s.text() + "\n\n"));
    form(
        "time above in brackets, then name",
        "t.txt",
        (o, s) -> o.append("(" + clock(s.startMs()) + ")\n" + s.name() + "\n" + s.text() + "\n\n"));
    form(
        "role behind a comma",
        "t.txt",
        (o, s) ->
            o.append("[" + hms(s.startMs()) + "] " + s.name() + ", Chair: " + s.text() + "\n\n"));
    form(
        "guest in brackets",
        "t.txt",
        (o, s) ->
            o.append(s.name() + " (Guest) [" + clock(s.startMs()) + "]: " + s.text() + "\n\n"));
    form(
        "braces",
        "t.txt",
        (o, s) -> o.append("{" + hms(s.startMs()) + "} " + s.name() + ": " + s.text() + "\n"));
    form(
        "units",
        "t.txt",
        (o, s) ->
            o.append(
                "["
                    + s.startMs() / 60_000
                    + "m"
                    + s.startMs() / 1_000 % 60
                    + "s] "
                    + s.name()
                    + ": "
                    + s.text()
                    + "\n"));
    form(
        "time behind the words",
        "t.txt",
        (o, s) -> o.append(s.name() + ": " + s.text() + " [" + hms(s.startMs()) + "]\n\n"));
    form(
        "stretch above the name",
        "t.txt",
        (o, s) ->
            o.append(
                ms(s.startMs())
                    + " --> "
                    + ms(s.endMs())
                    + "\n"
                    + s.name()
                    + ": "
                    + s.text()
                    + "\n\n"));
    form(
        "quoted lines",
        "t.md",
        (o, s) ->
            o.append("> [" + hms(s.startMs()) + "] **" + s.name() + "**: " + s.text() + "\n\n"));
    people(
        "labels of a tool",
        "t.txt",
        List.of("Speaker 1", "Speaker 2", "Speaker 10"),
        (o, s) -> o.append(clock(s.startMs()) + " " + s.name() + "\n" + s.text() + "\n\n"));
    people(
        "labels with an underscore",
        "t.txt",
        List.of("SPEAKER_00", "SPEAKER_01", "SPEAKER_02"),
        (o, s) -> o.append("[" + hms(s.startMs()) + "] " + s.name() + ": " + s.text() + "\n"));
    people(
        "court",
        "t.txt",
        List.of("THE COURT", "MR. ORR", "MS. QUIST", "THE WITNESS"),
        (o, s) -> o.append("[" + hms(s.startMs()) + "] " + s.name() + ": " + s.text() + "\n\n"));
    people(
        "court, name and stop",
        "t.txt",
        List.of("Mr. ORR", "Ms. QUIST", "The CHAIR"),
        (o, s) -> o.append("(" + hms(s.startMs()) + ") " + s.name() + ". " + s.text() + "\n\n"));
    people(
        "parliament",
        "t.txt",
        List.of("Senator Meredith", "The Chair", "Senator Black"),
        (o, s) -> o.append("(" + clock(s.startMs()) + ") " + s.name() + ": " + s.text() + "\n\n"));
    people(
        "questions and answers",
        "t.txt",
        List.of("Q", "A"),
        (o, s) -> o.append("[" + hms(s.startMs()) + "] " + s.name() + ": " + s.text() + "\n\n"));
    people(
        "e-mail addresses",
        "t.txt",
        List.of("ada@x.example", "ben.orr@harbour.example", "room-4b@x.example"),
        (o, s) -> o.append("[" + hms(s.startMs()) + "] " + s.name() + ": " + s.text() + "\n"));
    people(
        "lower case",
        "t.txt",
        List.of("ada", "ben orr", "cleo_v"),
        (o, s) -> o.append(hms(s.startMs()) + " " + s.name() + ": " + s.text() + "\n"));
    people(
        "rooms and devices",
        "t.txt",
        List.of("Conference Room 4B", "iPhone", "Ada Quist"),
        (o, s) -> o.append(s.name() + "   " + clock(s.startMs()) + "\n" + s.text() + "\n\n"));
    for (List<String> script :
        List.of(
            List.of("Ада Квист", "Бен Орр", "Клео"),
            List.of("עדה קוויסט", "בן אור", "קליאו"),
            List.of("آدا كويست", "بن أور", "كليو"),
            List.of("田中太郎", "鈴木花子", "佐藤"),
            List.of("अदा क्विस्ट", "बेन ओर", "क्लियो"),
            List.of("김아다", "이벤", "박클레오"),
            List.of("Άντα Κουίστ", "Μπεν Ορ", "Κλειώ"))) {
      people(
          "time, name and colon: " + script.getFirst(),
          "t.txt",
          script,
          (o, s) -> o.append("[" + hms(s.startMs()) + "] " + s.name() + ": " + s.text() + "\n"));
      people(
          "name, then time: " + script.getFirst(),
          "t.txt",
          script,
          (o, s) -> o.append(s.name() + "  " + clock(s.startMs()) + "\n" + s.text() + "\n\n"));
      people(
          "right to left marks: " + script.getFirst(),
          "t.txt",
          script,
          (o, s) ->
              o.append(
                  "\u200f[" + hms(s.startMs()) + "] \u200f" + s.name() + ": " + s.text() + "\n"));
    }
    keeps("whisper terminal", Kept.BOTH);
    keeps("named stretches", Kept.BOTH);
    keeps("premiere", Kept.BOTH);
    keeps("stretch above the name", Kept.BOTH);
    keeps("chat", Kept.BOTH);
    keeps("f4, times behind", Kept.ENDS);
  }

  @TestFactory
  Stream<DynamicTest> everyFormReadsTheSame() {
    Long given = Long.getLong("talk.seed");
    long[] seeds =
        given == null ? new long[] {1, 2, 3, System.nanoTime() % 100_000} : new long[] {given};
    return FORMS.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () -> {
                  for (long seed : seeds) {
                    check(entry.getKey(), entry.getValue(), seed);
                  }
                }));
  }

  private static void check(String name, Form form, long seed) throws SourceException {
    List<Said> talk = talk(seed, form.names());
    String text = form.write().apply(talk);
    RawSource source = RawSource.ofText(form.file(), text);
    SourceFormat format = Formats.recognise(source).orElseThrow();
    ParsedSource read = format.read(source, new ProblemLog("talk"));
    List<String> expected = new ArrayList<>();
    long before = 0;
    for (Said said : talk) {
      long start = form.kept() == Kept.ENDS ? before : said.startMs();
      String end = form.kept() == Kept.STARTS ? "" : "-" + said.endMs();
      expected.add(start + end + " " + (form.named() ? said.name() : null) + ": " + said.text());
      before = said.endMs();
    }
    List<String> actual = new ArrayList<>();
    for (Cue cue : read.cues()) {
      String end = form.kept() == Kept.STARTS ? "" : "-" + cue.span().endMs();
      actual.add(cue.span().startMs() + end + " " + cue.speaker() + ": " + cue.text());
    }
    assertThat(actual)
        .as("%s, read as %s, -Dtalk.seed=%d%n%s", name, format.id(), seed, text.substring(0, 300))
        .isEqualTo(expected);
    if (form.kept() == Kept.STARTS) {
      for (int i = 0; i + 1 < talk.size(); i++) {
        assertThat(read.cues().get(i).span().endMs())
            .as("%s: the end of turn %d, -Dtalk.seed=%d", name, i, seed)
            .isBetween(talk.get(i).startMs() + 1, talk.get(i + 1).startMs());
      }
    }
  }
}
