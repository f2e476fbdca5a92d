package dev.earmark.source.asr;

import com.google.auto.service.AutoService;
import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.ProblemLog;
import dev.earmark.source.FormatDescriptor;
import dev.earmark.source.ParsedSource;
import dev.earmark.source.RawSource;
import dev.earmark.source.Recognition;
import dev.earmark.source.SourceException;
import dev.earmark.source.SourceFormat;
import dev.earmark.source.cue.CueBuilder;
import dev.earmark.source.cue.SpokenWords;
import dev.earmark.source.syntax.LineCursor;
import dev.earmark.source.time.Times;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A time marked conversation file of NIST (CTM), as recognisers such as Kaldi write it: a word a
 * line, {@code recording channel start duration word}, then perhaps how sure the recogniser is, the
 * type of the word and who says it. Times are in seconds; {@code *} and {@code <NA>} are not known.
 *
 * <p>The channels are the voices of one conversation. What each says is joined to cues on its own;
 * the cues then stand in order of time. A voice has no name unless the lines name a speaker. Of
 * alternatives the first is taken. What stands in brackets is no word, and neither is what has the
 * type {@code non-lex}; other types make no difference. Only the first recording is read.
 *
 * @see <a href="https://github.com/usnistgov/SCTK">NIST's scoring toolkit, SCTK</a>
 */
@AutoService(SourceFormat.class)
public final class CtmFormat implements SourceFormat {
  private static final FormatDescriptor DESCRIPTOR =
      new FormatDescriptor(
          "ctm",
          "time marked conversations of NIST (CTM), a word a line",
          "lines of recording, channel, start, duration and word, in seconds that rise");

  private static final int START = 2;
  private static final int DURATION = 3;
  private static final int WORD = 4;
  private static final int CONFIDENCE = 5;
  private static final int TYPE = 6;
  private static final int SPEAKER = 7;
  private static final int MOST_FIELDS = 8;
  private static final int LOOKED_AT = 12;

  @Override
  public FormatDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public Recognition recognise(RawSource source) {
    LineCursor lines = new LineCursor(source.head());
    boolean named = source.hasExtension("ctm");
    Map<String, Double> starts = new LinkedHashMap<>();
    int timed = 0;
    int words = 0;
    boolean fractions = false;
    String line = lines.next();
    for (; line != null && timed < LOOKED_AT; line = lines.next()) {
      String[] fields = TimeMarkedLines.fields(line, MOST_FIELDS + 1);
      if (fields == null) {
        continue;
      }
      boolean word = isWord(fields);
      if (!word && !named) {
        return Recognition.NO;
      }
      if (!word || TimeMarkedLines.isUnknown(fields[START])) {
        continue;
      }
      double start = Double.parseDouble(fields[START]);
      Double before = starts.put(fields[0] + ' ' + fields[1], start);
      if (before != null && start < before && !named) {
        return Recognition.NO;
      }
      timed++;
      words += TimeMarkedLines.isNumber(fields[WORD]) ? 0 : 1;
      fractions |= fields[START].indexOf('.') >= 0 || fields[DURATION].indexOf('.') >= 0;
    }
    if (words == 0 || !fractions) {
      return Recognition.NO;
    }
    return named || timed > 2 ? Recognition.CERTAIN : Recognition.LIKELY;
  }

  private static boolean isWord(String[] fields) {
    return fields.length > WORD
        && fields.length <= MOST_FIELDS
        && isTime(fields[START])
        && isTime(fields[DURATION])
        && (fields.length == CONFIDENCE || isTime(fields[CONFIDENCE]));
  }

  private static boolean isTime(String field) {
    return TimeMarkedLines.isNumber(field) || TimeMarkedLines.isUnknown(field);
  }

  /** One voice: its words, and where in a choice of words it is. */
  private static final class Channel {
    private final CueBuilder cues;
    private final SpokenWords words;
    private boolean skips;

    Channel(ProblemLog problems) {
      this.cues = new CueBuilder(problems);
      this.words = new SpokenWords(cues);
    }
  }

  @Override
  public ParsedSource read(RawSource source, ProblemLog problems) throws SourceException {
    TimeMarkedLines lines = new TimeMarkedLines(source.text(), WORD + 1, MOST_FIELDS, problems);
    Map<String, Channel> channels = new LinkedHashMap<>();
    for (String[] fields = lines.next(); fields != null; fields = lines.next()) {
      Channel channel = channels.computeIfAbsent(fields[1], name -> new Channel(problems));
      String written = fields[WORD];
      if (written.startsWith("<ALT")) {
        channel.skips = written.equals("<ALT>");
      } else if (!channel.skips) {
        word(fields, lines, channel);
      }
    }
    List<Cue> all = new ArrayList<>();
    for (Channel channel : channels.values()) {
      if (channel.skips) {
        problems.warning(
            "alternatives-not-closed",
            0,
            "behind <ALT> there is no <ALT_END>",
            "all words of this channel from there on are left out; end the alternatives");
      }
      channel.words.flush();
      all.addAll(channel.cues.cues());
    }
    all.sort(Comparator.comparingLong(cue -> cue.span().startMs()));
    CueBuilder cues = new CueBuilder(problems);
    all.forEach(cues::add);
    return ParsedSource.ofCues(
        EpisodeFields.NONE,
        lines.asNamed(
            cues.orRefuse("lines of recording, channel, start, duration and word are needed")));
  }

  private static void word(String[] fields, TimeMarkedLines lines, Channel channel) {
    if (fields.length > TYPE && fields[TYPE].equals("non-lex")) {
      lines.leaveOut(fields[WORD]);
      return;
    }
    long start = TimeMarkedLines.millis(fields[START]);
    long duration = TimeMarkedLines.millis(fields[DURATION]);
    boolean ends = start != Times.NONE && duration != Times.NONE;
    channel.words.word(
        lines.said(fields[WORD]),
        start,
        ends ? start + duration : Times.NONE,
        fields.length > SPEAKER ? lines.speaker(fields[SPEAKER]) : null,
        lines.number());
  }
}
