package dev.earmark.source.turn;

import com.google.auto.service.AutoService;
import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.episode.LanguageNames;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transcript in CHAT, as TalkBank and CHILDES keep them ({@code .cha}): headers with {@code @},
 * utterances with {@code *CODE:}, lines about them with {@code %}, continued behind a tab.
 *
 * <p>A bullet at the end of an utterance gives its times in milliseconds; an utterance without one
 * gets its share. Codes become the names or roles of {@code @Participants}. What is coded beside
 * the words (retracings, errors, pauses, fillers) is taken out, so that the words can be found.
 *
 * @see <a href="https://talkbank.org/0info/manuals/CHAT.html">The CHAT transcription format</a>
 */
@AutoService(SourceFormat.class)
public final class ChatFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "chat",
          "transcript in CHAT, of TalkBank and CHILDES (.cha)",
          "a line @Begin or @UTF8, and utterances that begin with *CODE:");

  private static final Pattern UTTERANCE =
      Pattern.compile("\\*([A-Za-z0-9_-]{1,24}):\\s?(.*)", Pattern.DOTALL);
  private static final Pattern TIMES =
      Pattern.compile("(?:%snd:\"?[^\"_\\s]{0,80}\"?_)?(\\d{1,10})_(\\d{1,10})-?");
  private static final Pattern BULLET =
      Pattern.compile("[\\u0015\u2022]([^\\u0015\u2022\\n]{0,140})[\\u0015\u2022]");

  /** What is coded beside the words, in the order in which it is taken out. */
  private static final List<Map.Entry<Pattern, String>> CODES =
      List.of(
          code("\\[[^\\]\\n]{0,200}\\]", " "),
          code("&[=*][^\\s]{1,80}", " "),
          code("&\\+\\S{1,80}", " "),
          code("&[-~]?(?=\\p{L})", ""),
          code("\\((?:\\.{1,3}|\\d{0,3}[.:]?\\d{1,3}\\.?)\\)", " "),
          code("(?<!\\S)(?:xxx|yyy|www|0\\S{0,40})(?!\\S)", " "),
          code("\\+(?:\\.\\.\\.|…)", "…"),
          code("\\+(?:\\.\\.\\?|//\\?|/\\?|!\\?)", "?"),
          code("\\+(?://|/|\"/?)\\.", "."),
          code("\\+(?:[<^,+]|\"|\u201c)", " "),
          code(
              "[<>\u2039\u203a\u2308\u2309\u230a\u230b\u201e\u2021\u2191\u2193\u2197\u2198\u21d7\u21d8]",
              " "),
          code("@[a-z]{1,4}(?::\\S{1,12})?", ""),
          code("(?<=\\p{L})\\(|\\)(?=\\p{L})|(?<=\\s)\\((?=\\p{L})|(?<=\\p{L})\\)", ""),
          code("(?<=\\p{L}):+", ""),
          code("(?<=\\p{L})_(?=\\p{L})", " "),
          code("\\s++", " "),
          code(" ([.,!?;:…])", "$1"));

  private static Map.Entry<Pattern, String> code(String pattern, String instead) {
    return Map.entry(Pattern.compile(pattern), instead);
  }

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    boolean begins =
        head.startsWith("@Begin") || head.startsWith("@UTF8") || head.contains("\n@Begin");
    boolean turns = head.contains("\n*") && head.contains(":\t");
    if (begins && (turns || head.contains("\n@Participants:"))) {
      return Recognition.CERTAIN;
    }
    return source.hasExtension("cha") && turns ? Recognition.CERTAIN : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    return new Reader(problems).read(source);
  }

  /** Reads one transcript. */
  private static final class Reader {
    private final Turns turns;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final EpisodeFields.Builder episode = EpisodeFields.builder();

    /** When the utterance before ended; {@link Times#NONE} if it does not say. */
    private long lastEnd = Times.NONE;

    Reader(ProblemLog problems) {
      turns = new Turns(problems);
    }

    ParsedSource read(RawSource source) throws SourceException {
      StringBuilder line = new StringBuilder();
      int number = 0;
      int first = 0;
      for (String next : (Iterable<String>) source.text().lines()::iterator) {
        number++;
        if (!next.isEmpty() && Character.isWhitespace(next.charAt(0))) {
          line.append(' ').append(next.strip());
          continue;
        }
        line(line.toString(), first);
        line.setLength(0);
        line.append(next);
        first = number;
      }
      line(line.toString(), first);
      if (turns.isEmpty()) {
        throw new SourceException(0, "nothing to read: utterances such as *CHI: are needed");
      }
      List<Cue> cues = new ArrayList<>();
      List<Moment> moments = new ArrayList<>();
      turns.into(cues, moments, null);
      return new ParsedSource(episode.build(), cues, moments);
    }

    private void line(String line, int number) {
      if (line.startsWith("@Participants:")) {
        participants(line.substring(line.indexOf(':') + 1));
        names.values().forEach(name -> episode.speaker(name, null));
      } else if (line.startsWith("@Languages:")) {
        String language = line.substring(line.indexOf(':') + 1).strip().split("[,\\s]", 2)[0];
        episode.language(LanguageNames.tag(language));
      } else if (line.startsWith("@Title:")) {
        episode.title(line.substring(line.indexOf(':') + 1).strip());
      } else if (line.startsWith("@G:")) {
        turns.heading(1, line.substring(3).strip(), number);
      }
      Matcher utterance = UTTERANCE.matcher(line);
      if (!utterance.matches()) {
        return;
      }
      long start = Times.NONE;
      long end = Times.NONE;
      StringBuilder text = new StringBuilder();
      Matcher bullet = BULLET.matcher(utterance.group(2));
      int from = 0;
      while (bullet.find()) {
        Matcher times = TIMES.matcher(bullet.group(1).strip());
        if (times.matches()) {
          start = start == Times.NONE ? Long.parseLong(times.group(1)) : start;
          end = Long.parseLong(times.group(2));
        }
        text.append(utterance.group(2), from, bullet.start()).append(' ');
        from = bullet.end();
      }
      text.append(utterance.group(2), from, utterance.group(2).length());
      String said = words(text.toString());
      String code = utterance.group(1);
      if (said.codePoints().anyMatch(Character::isLetterOrDigit)) {
        // One without a bullet follows what was said before it.
        turns.paragraph(
            names.getOrDefault(code, code),
            start == Times.NONE ? lastEnd : start,
            end,
            said,
            number);
        lastEnd = end;
      }
    }

    /** {@code CHI Ross Target_Child, MOT Mother}: the name where there is one, else the role. */
    private void participants(String list) {
      Map<String, String> roles = new LinkedHashMap<>();
      Set<String> twice = new HashSet<>();
      Set<String> seen = new HashSet<>();
      for (String one : list.split(",")) {
        String[] words = one.strip().split("\\s+");
        if (words.length >= 2) {
          String name = words.length >= 3 ? words[words.length - 2] : words[words.length - 1];
          String plain = name.replace('_', ' ');
          roles.put(words[0], plain);
          if (!seen.add(plain.toLowerCase(Locale.ROOT))) {
            twice.add(plain);
          }
        }
      }
      roles.forEach((code, name) -> names.put(code, twice.contains(name) ? code : name));
    }
  }

  /** The words of an utterance without what is coded beside them. */
  private static String words(String coded) {
    String text = " " + coded + " ";
    for (Map.Entry<Pattern, String> code : CODES) {
      text = code.getKey().matcher(text).replaceAll(code.getValue());
    }
    return text.strip();
  }
}
