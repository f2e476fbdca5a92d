package dev.earmark.http;

import dev.earmark.describe.Parameter;
import dev.earmark.page.Pages;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.Quotations;
import dev.earmark.search.SearchEngine;
import dev.earmark.search.SearchRequest;
import dev.earmark.search.Similar;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;

/**
 * What is found by meaning beside the list of a search: moments like one, who else speaks of it,
 * and the passages that answer a question. Thread-safe.
 */
final class MeaningRoutes {
  private static final int ON_A_PAGE = 20;

  private static final Parameter MOMENT =
      Parameter.text("moment", "the id of a moment, as a hit has it").always();

  private final SearchEngine engine;
  private final Pages pages;

  MeaningRoutes(SearchEngine engine, Pages pages) {
    this.engine = engine;
    this.pages = pages;
  }

  void addTo(Api api, RoutesConfig routes) {
    api.get("/api/v1/similar", this::similar)
        .does("similar", "Moments that mean much the same as one, or who else speaks of it")
        .takes(
            MOMENT,
            Parameter.choice(
                "group",
                Similar.By.MOMENT.id(),
                Parameters.ids(Similar.By.values(), Similar.By::id),
                "moment: moments like it, wherever they are; speaker: other people who speak of it; show: other shows"),
            Parameter.number(
                "limit",
                SearchRequest.USUAL_HITS,
                SearchRequest.MOST_HITS,
                "how many moments, speakers or shows"))
        .takes(Parameters.FILTERS)
        .answers(Answers.SimilarAnswer.class, "The moment, and what is like it, nearest first");
    api.get("/api/v1/answers", this::answers)
        .does("answers", "The passages that answer a question, word for word")
        .takes(Parameter.text("q", "the question, in a sentence or in words").always())
        .takes(Parameters.FILTERS)
        .answers(
            Answers.QuotationsAnswer.class,
            "Two to five passages, or that nothing here answers it; nothing is written that nobody said");
    routes.get("/similar", this::similarPage);
  }

  private Similar found(Context context, int usual) throws IOException {
    String id = Parameters.text(context, "moment");
    if (id == null) {
      throw new BadRequestException("moment", "moment must be the id of a moment, got nothing");
    }
    String group = Parameters.text(context, "group");
    Similar.By by = group == null ? Similar.By.MOMENT : Similar.By.of(Parameters.shortened(group));
    return engine
        .similar(id, by, Parameters.scope(context).withLimit(limit(context, usual)))
        .orElseThrow(() ->
            new NotFoundResponse(
                "there is no moment \"" + Parameters.shortened(id) + "\"; a hit names its own"));
  }

  private static int limit(Context context, int usual) {
    return Parameters.number(context, "limit", usual, SearchRequest.MOST_HITS);
  }

  private void similar(Context context) throws IOException {
    context.json(Answers.of(found(context, SearchRequest.USUAL_HITS)));
  }

  private void similarPage(Context context) throws IOException {
    String group = Parameters.text(context, "group");
    Similar similar = found(context, ON_A_PAGE);
    PageRoutes.html(
        context, pages.similar(similar, group == null ? Similar.By.MOMENT : Similar.By.of(group)));
  }

  private void answers(Context context) throws IOException {
    String question = Parameters.query(context);
    if (question.isBlank()) {
      throw new BadRequestException("q", "q must be a question, got nothing");
    }
    Quotations found = engine.quotations(Parameters.scope(context).withQuery(question));
    context.json(Answers.of(found));
  }
}
