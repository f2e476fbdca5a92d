package dev.earmark.cli;

import dev.earmark.corpus.WebPost;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchEngine;
import dev.earmark.standing.StandingRun;
import dev.earmark.standing.StandingSearch;
import dev.earmark.standing.StandingSearches;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps searches that are asked of every episode that comes. */
@Command(
    name = "standing",
    description =
        "Keep searches that are asked of every new episode, and deliver what they find as a feed,"
            + " to a webhook and by mail.",
    mixinStandardHelpOptions = true,
    subcommands = {
      StandingCommand.Add.class,
      StandingCommand.Remove.class,
      StandingCommand.ListAll.class,
      StandingCommand.Run.class
    })
final class StandingCommand implements Runnable {
  static final String SMTP = "EARMARK_SMTP";
  static final String FROM = "EARMARK_MAIL_FROM";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "say which: add, remove, list or run");
    }
  }

  /** Adds one. */
  @Command(
      name = "add",
      description =
          "Add a search. It is asked of episodes that come from now on; its feed is"
              + " INDEX/standing/NAME.rss.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 6;

    @Parameters(paramLabel = "NAME", description = "small letters, digits and hyphens")
    private String name = "";

    @Parameters(paramLabel = "QUERY", description = "as for search; \"\" for every moment")
    private String query = "";

    @Option(
        names = "--only",
        paramLabel = "FACET=VALUE",
        description = "narrow it, such as --only speaker=\"Ada Quist\" --only show=Tides")
    private List<String> only = new ArrayList<>();

    @Option(
        names = "--webhook",
        paramLabel = "URL",
        description = "send what is found there; the secret of its signatures is printed once")
    private @Nullable String webhook;

    @Option(
        names = "--mail",
        paramLabel = "ADDRESS",
        description =
            "write to ADDRESS, through the server in "
                + SMTP
                + " (smtp://[USER:PASSWORD@]HOST[:PORT], or smtps://), from "
                + FROM)
    private List<String> mail = new ArrayList<>();

    @Option(
        names = "--base-url",
        paramLabel = "URL",
        description = "what links to pages begin with; default: http://127.0.0.1:7070")
    private @Nullable String baseUrl;

    @Option(names = "--allow-private", description = "let the webhook be at a private address")
    private boolean allowPrivate;

    @Option(names = "--all", description = "ask also what is in the index already")
    private boolean all;

    @Mixin private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() throws IOException {
      IndexPlace place = index.required();
      SecureRandom random = new SecureRandom();
      byte[] id = new byte[ID_BYTES];
      random.nextBytes(id);
      byte[] key = new byte[SECRET_BYTES];
      random.nextBytes(key);
      String secret = "whsec_" + Base64.getEncoder().encodeToString(key);
      if (webhook != null) {
        try {
          WebPost.check(URI.create(webhook), allowPrivate);
        } catch (IllegalArgumentException | IOException e) {
          throw new CommandFailedException(
              Main.FAILED, "--webhook " + webhook + ": " + e.getMessage());
        }
      }
      StandingSearch search =
          new StandingSearch(
              HexFormat.of().formatHex(id),
              name,
              query,
              filters(),
              webhook,
              webhook == null ? null : secret,
              mail,
              baseUrl == null ? "" : baseUrl,
              allowPrivate);
      StandingSearches searches = StandingSearches.beside(place.files());
      StandingRun run = new StandingRun(searches, StandingRun.USUAL_RETRY_MS, null);
      if (all || !place.mayBeThere()) {
        run.add(search, null);
      } else {
        try (SearchEngine engine = place.openForReading()) {
          run.add(search, engine);
        }
      }
      if (webhook != null) {
        System.out.println(secret);
        System.err.println("the line above is the secret of the webhook's signatures");
      }
      System.err.println("feed: " + searches.folder().resolve(name + ".rss"));
      if (!mail.isEmpty() && System.getenv(SMTP) == null) {
        System.err.println("mail is sent once " + SMTP + " and " + FROM + " are set");
      }
      return 0;
    }

    private Map<String, List<String>> filters() {
      Map<String, List<String>> filters = new TreeMap<>();
      for (String one : only) {
        int equals = one.indexOf('=');
        String facet = equals < 0 ? one : one.substring(0, equals);
        if (equals < 0 || Schema.field(facet).filter(Field::facet).isEmpty()) {
          throw new CommandFailedException(
              Main.WRONG_USAGE,
              "--only takes FACET=VALUE with one of "
                  + String.join(", ", Schema.facets().stream().map(Field::name).toList())
                  + ", got \""
                  + one
                  + "\"");
        }
        filters.computeIfAbsent(facet, absent -> new ArrayList<>()).add(one.substring(equals + 1));
      }
      return filters;
    }
  }

  /** Takes one out. */
  @Command(
      name = "remove",
      description = "Remove a search; what it still had to send is not sent.",
      mixinStandardHelpOptions = true)
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "of the search")
    private String name = "";

    @Mixin private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() throws IOException {
      IndexPlace place = index.required();
      if (!StandingSearches.beside(place.files()).remove(name)) {
        throw new CommandFailedException(
            Main.FAILED, "there is no standing search \"" + name + "\" in " + place);
      }
      return 0;
    }
  }

  /** Lists them. */
  @Command(
      name = "list",
      description = "List the searches and where what they find goes.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Mixin private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() throws IOException {
      for (StandingSearch search : StandingSearches.beside(index.required().files()).all()) {
        List<String> to = new ArrayList<>(search.mail());
        if (search.webhook() != null) {
          to.addFirst(search.webhook());
        }
        System.out.println(
            search.name()
                + "\t"
                + search.query()
                + (search.filters().isEmpty() ? "" : " " + search.filters())
                + "\t"
                + String.join(", ", to));
      }
      return 0;
    }
  }

  /** Asks them and sends what is due. */
  @Command(
      name = "run",
      description =
          "Ask what has come since the last time and send what is due. After index, and while serve"
              + " --watch runs, that is done by itself.",
      mixinStandardHelpOptions = true)
  static final class Run implements Callable<Integer> {
    private static final long LOOK_MS = 200;

    @Option(names = "--wait", description = "go on until nothing is left to be sent")
    private boolean wait;

    @Option(names = "--dead", description = "try dead letters again, too")
    private boolean dead;

    @Option(
        names = "--retry",
        paramLabel = "MS",
        description =
            "after how many milliseconds what failed is tried again the first time; each later time"
                + " takes twice as long; default: ${DEFAULT-VALUE}")
    private long retryMs = StandingRun.USUAL_RETRY_MS;

    @Mixin private IndexOptions index = new IndexOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
      if (retryMs < 1) {
        throw new CommandFailedException(
            Main.WRONG_USAGE, "--retry must be 1 or more milliseconds, got " + retryMs);
      }
      IndexPlace place = index.required();
      StandingRun run =
          new StandingRun(StandingSearches.beside(place.files()), retryMs, mailSender());
      Optional<StandingRun.Summary> done;
      try (SearchEngine engine = place.openForReading()) {
        done = run.run(engine, dead);
      }
      int sent = done.map(StandingRun.Summary::sent).orElse(0);
      while (wait && done.map(summary -> summary.waiting() > 0).orElse(true)) {
        Thread.sleep(LOOK_MS);
        done = run.run(null, false);
        sent += done.map(StandingRun.Summary::sent).orElse(0);
      }
      if (done.isEmpty()) {
        throw new CommandFailedException(
            Main.FAILED, "another process is at the standing searches of " + place);
      }
      System.err.println(Count.of(sent, "message") + " sent");
      print(done.get());
      return done.get().dead() > 0 || !done.get().problems().isEmpty() ? Main.FAILED : 0;
    }
  }

  private static void print(StandingRun.Summary summary) {
    summary.problems().forEach(problem -> System.err.println("earmark: " + problem));
    if (summary.waiting() > 0) {
      System.err.println(Count.of(summary.waiting(), "message") + " will be tried again");
    }
    if (summary.dead() > 0) {
      System.err.println(
          Count.of(summary.dead(), "dead letter")
              + "; when the reason is gone: ./earmark standing run --dead");
    }
  }

  /** Who sends mail, as the environment says it; null if it says nothing. */
  static dev.earmark.standing.@Nullable MailSender mailSender() {
    String server = System.getenv(SMTP);
    if (server == null || server.isBlank()) {
      return null;
    }
    String from = System.getenv(FROM);
    if (from == null || from.isBlank()) {
      throw new CommandFailedException(
          Main.WRONG_USAGE, SMTP + " is set; set " + FROM + " as well, to the address that writes");
    }
    try {
      return dev.earmark.standing.MailSender.of(server, from);
    } catch (IllegalArgumentException e) {
      // The message of the JDK has the address in it, and that a password.
      throw new CommandFailedException(
          Main.WRONG_USAGE,
          SMTP + " must be smtp://[USER:PASSWORD@]HOST[:PORT] or smtps://…, and is not");
    }
  }

  /** After a run of the indexer: what there is about standing searches, if there are any. */
  static void afterIndexing(IndexPlace place, boolean quiet) {
    StandingSearches searches = StandingSearches.beside(place.files());
    if (!searches.mayBeThere()) {
      return;
    }
    try (SearchEngine engine = place.openForReading()) {
      new StandingRun(searches, StandingRun.USUAL_RETRY_MS, mailSender())
          .run(engine, false)
          .ifPresent(summary -> {
            if (!quiet && summary.found() > 0) {
              System.err.println(
                  "standing searches: "
                      + Count.of(summary.found(), "moment")
                      + " found, "
                      + Count.of(summary.sent(), "message")
                      + " sent");
            }
            print(summary);
          });
    } catch (IOException | CommandFailedException e) {
      // What was indexed is indexed; this is tried again with the next run.
      System.err.println("earmark: standing searches: " + e.getMessage());
    }
  }

  /** Sends what is due by now, without a word. */
  static void sendDue(IndexPlace place) throws IOException {
    StandingSearches searches = StandingSearches.beside(place.files());
    if (searches.mayBeThere()) {
      var unused =
          new StandingRun(searches, StandingRun.USUAL_RETRY_MS, mailSender()).run(null, false);
    }
  }
}
