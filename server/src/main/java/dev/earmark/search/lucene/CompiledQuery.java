package dev.earmark.search.lucene;

import dev.earmark.query.NotUnderstood;
import dev.earmark.search.SearchPage.Matched;
import dev.earmark.search.spoken.Pattern;
import dev.earmark.search.spoken.QueryPlan;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * A planned query in Lucene's terms.
 *
 * @param query which moments match, and their scores
 * @param plan what it was compiled from
 * @param tiers the moments that rank before others whatever they score
 * @param evidence pairs of words whose closeness raises a score; read for the best hits only
 * @param named what the speakers say who are called by name; null if nobody is
 * @param nearOnly the matches in which some word is only found nearly; null if no near forms were
 *     searched
 * @param nearOffered whether near forms were left out because the words themselves are said
 * @param looser what has any of the words; null if {@code query} finds that already
 * @param company inside one episode what has any word of the query; null elsewhere
 * @param meant the listed moments that have enough of the query; null if all do
 * @param matched the parts of the query that must occur together; null if there is only one
 * @param patterns what to highlight
 * @param between words that are highlighted only where they join highlighted words
 * @param notUnderstood what was cut or could not be done, beside what the parser reported
 */
record CompiledQuery(
    Query query,
    QueryPlan plan,
    ExactTiers tiers,
    List<PairEvidence> evidence,
    @Nullable Query named,
    @Nullable Query nearOnly,
    boolean nearOffered,
    @Nullable Query looser,
    @Nullable Query company,
    @Nullable Query meant,
    @Nullable Matched matched,
    List<Pattern> patterns,
    Set<String> between,
    List<NotUnderstood> notUnderstood) {}
