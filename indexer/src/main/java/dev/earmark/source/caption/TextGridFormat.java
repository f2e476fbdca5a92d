package dev.earmark.source.caption;

import com.google.auto.service.AutoService;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A TextGrid of Praat, in its long and its short text form.
 *
 * <p>Both are a row of numbers and quoted texts; the long form has words between them, which do not
 * count: a number counts if white space stands before it. A tier of intervals has its name, its
 * times, a count, and a start, an end and a label for each. A tier of points marks instants and is
 * not read.
 *
 * @see <a href="https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html">TextGrid file
 *     formats</a>
 */
@AutoService(SourceFormat.class)
public final class TextGridFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "text-grid",
          "TextGrid of Praat, long or short",
          "File type = \"ooTextFile\" and \"TextGrid\" at the top");

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    String head = source.head();
    int file = head.indexOf("\"ooTextFile");
    return file >= 0 && file < 100 && head.indexOf("\"TextGrid\"", file) >= 0
        ? Recognition.CERTAIN
        : Recognition.NO;
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    Tokens tokens = new Tokens(source.text());
    String token = tokens.text();
    while (token != null && !token.equals("TextGrid")) {
      token = tokens.text();
    }
    if (token == null) {
      throw new SourceException(1, "\"TextGrid\" is needed at the top of the file");
    }
    List<TierTranscript.Tier> tiers = new ArrayList<>();
    String type = tokens.text();
    while (type != null) {
      boolean intervals = type.equals("IntervalTier");
      if (!intervals && !type.equals("TextTier")) {
        problems.warning(
            "unknown-tier", tokens.line(), "there is no kind of tier \"" + type + "\"", "left out");
        break;
      }
      String name = tokens.text();
      List<TierTranscript.Label> labels = new ArrayList<>();
      tokens.number();
      tokens.number();
      double count = tokens.number();
      for (int i = 0; i < count && !tokens.atEnd(); i++) {
        double start = tokens.number();
        double end = intervals ? tokens.number() : start;
        int line = tokens.line();
        String text = tokens.text();
        if (text == null) {
          problems.warning("text-ends-early", line, "the file ends within a tier", "read so far");
          break;
        }
        if (intervals && start >= 0 && end >= start) {
          labels.add(
              new TierTranscript.Label(
                  Math.round(start * 1_000), Math.round(end * 1_000), text, line));
        }
      }
      if (intervals) {
        tiers.add(new TierTranscript.Tier(name == null ? "" : name, null, labels));
      }
      type = tokens.text();
    }
    CueBuilder cues = new CueBuilder(problems);
    TierTranscript.into(tiers, cues, problems);
    return ParsedSource.ofCues(
        EpisodeFields.NONE, cues.orRefuse("a tier of intervals with texts is needed"));
  }

  /** The numbers and texts that stand free. */
  private static final class Tokens {
    private static final double LONGEST_SECONDS = 1e9;

    private final String in;
    private int at;
    private int line = 1;

    Tokens(String in) {
      this.in = in;
    }

    boolean atEnd() {
      return at >= in.length();
    }

    int line() {
      return line;
    }

    /** The next text in quotation marks; null if there is none. */
    @Nullable String text() {
      while (at < in.length() && in.charAt(at) != '"') {
        pass();
      }
      if (at >= in.length()) {
        return null;
      }
      StringBuilder text = new StringBuilder();
      at++;
      while (at < in.length()) {
        char c = in.charAt(at);
        if (c == '"') {
          if (at + 1 < in.length() && in.charAt(at + 1) == '"') {
            at++;
          } else {
            at++;
            return text.toString();
          }
        }
        line += c == '\n' ? 1 : 0;
        text.append(c);
        at++;
      }
      return null;
    }

    /** The next number that stands free before any text; -1 if there is none. */
    double number() {
      while (at < in.length() && in.charAt(at) != '"') {
        char c = in.charAt(at);
        boolean free = at == 0 || Character.isWhitespace(in.charAt(at - 1));
        if (free && (Character.isDigit(c) || c == '-' || c == '.')) {
          int from = at;
          while (at < in.length() && !Character.isWhitespace(in.charAt(at)) && at - from < 40) {
            at++;
          }
          try {
            double number = Double.parseDouble(in.substring(from, at));
            return Double.isFinite(number) && number < LONGEST_SECONDS ? number : -1;
          } catch (NumberFormatException noNumber) {
            continue;
          }
        }
        pass();
      }
      return -1;
    }

    private void pass() {
      line += in.charAt(at) == '\n' ? 1 : 0;
      at++;
    }
  }
}
