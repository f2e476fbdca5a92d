package dev.earmark.source;

import dev.earmark.model.Anchor;
import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.model.ProblemLog;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A parsed source as text that a person can check by eye. */
final class GoldenText {
  private final StringBuilder out = new StringBuilder();

  private GoldenText() {}

  static String of(ParsedSource parsed, ProblemLog problems) {
    GoldenText text = new GoldenText();
    text.episode(parsed.episode());
    parsed.cues().forEach(text::cue);
    text.moments(parsed);
    problems.problems().forEach(text::problem);
    return text.out.toString();
  }

  private void episode(EpisodeFields fields) {
    line("id", fields.id());
    line("title", fields.title());
    line("show", fields.show());
    line("season", fields.season());
    line("number", fields.number());
    line("date", fields.date());
    line("duration", fields.durationMs());
    line("language", fields.language());
    fields
        .speakers()
        .forEach(s -> line("speaker", s.name() + (s.role() == null ? "" : " | " + s.role())));
    line("youtube", fields.media().youtube());
    line("audio", fields.media().audio());
    line("video", fields.media().video());
    line("page", fields.media().page());
    fields.topics().forEach(topic -> line("topic", topic));
    line("description", fields.description());
  }

  private void line(String name, Object value) {
    if (value != null) {
      out.append("episode ").append(name).append(": ").append(oneLine(value)).append('\n');
    }
  }

  private static String oneLine(Object value) {
    return Objects.toString(value).replace("\n", " ⏎ ");
  }

  private static String when(Anchor anchor) {
    String span =
        anchor
            .span()
            .map(s -> s.start().webVtt() + (s.end() == null ? "" : " --> " + s.end().webVtt()))
            .orElse("unplaced");
    return anchor instanceof Anchor.Estimated e
        ? span + " (" + e.how() + ", " + e.confidence() + ")"
        : span;
  }

  private void cue(Cue cue) {
    out.append("cue ").append(when(cue.anchor())).append(" | ");
    out.append(cue.speaker() == null ? "-" : cue.speaker()).append(" | ");
    out.append(oneLine(cue.text()));
    for (TimedWord word : cue.words()) {
      out.append(" {").append(cue.text(), word.from(), word.to()).append('@');
      out.append(word.startMs()).append('-').append(word.endMs()).append('}');
    }
    out.append('\n');
  }

  private void moments(ParsedSource parsed) {
    Map<dev.earmark.model.Kind, Integer> counts = new EnumMap<>(dev.earmark.model.Kind.class);
    for (Moment moment : parsed.moments()) {
      counts.merge(moment.kind(), 1, Integer::sum);
      moment(moment);
    }
    counts.forEach((kind, count) ->
        out.append("count ").append(kind.id()).append(": ").append(count).append('\n'));
  }

  private void moment(Moment moment) {
    out.append(moment.kind().id()).append(" | ").append(when(moment.anchor()));
    out.append(moment.continues() ? " | continues" : "")
        .append(" | line ")
        .append(moment.line())
        .append('\n');
    part("section", moment.section().isEmpty() ? null : String.join(" > ", moment.section()));
    part("speaker", moment.speaker());
    part("title", moment.title());
    part("body", moment.body().isEmpty() ? null : moment.body());
    part("topics", moment.topics().isEmpty() ? null : String.join(", ", moment.topics()));
    moment.details().forEach(this::part);
    TimeSpan span = moment.anchor().span().orElse(null);
    if (moment.times() != null) {
      part("times", moment.times() + (span == null ? "" : " from " + moment.times().startOf(0)));
    }
  }

  private void part(String name, Object value) {
    if (value != null) {
      out.append("    ").append(name).append(": ").append(oneLine(value)).append('\n');
    }
  }

  private void problem(Problem problem) {
    out.append("problem ").append(problem.severity()).append(' ').append(problem.code());
    out.append(" line ").append(problem.line()).append(": ").append(problem.message());
    out.append(problem.remedy() == null ? "" : " (" + problem.remedy() + ")").append('\n');
  }
}
