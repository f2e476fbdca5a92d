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
 * A query as Lucene is asked it.
 *
 * @param query which moments match and how well
 * @param evidence what makes some of them more likely to be meant, and costs more to look for
 * @param plan what it was compiled from
 * @param tiers which moments come before others whatever they score
 * @param named what the speakers say whom it calls by name; null if there are none
 * @param nearOnly those of them in which a word is found nearly and not itself; null if no word was
 *     looked for so
 * @param nearOffered whether words were not looked for as what is near them because they are said
 * @param looser what has any of the things asked for; null if that is all the query finds anyway
 * @param meant what of all that is listed has enough of what is asked for; null if all has
 * @param matched what of the query has to be met together; null if it is no more than one thing
 * @param patterns what to mark in their text
 * @param between words of the query that are marked where they join what is marked, not alone
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
    @Nullable Query meant,
    @Nullable Matched matched,
    List<Pattern> patterns,
    Set<String> between,
    List<NotUnderstood> notUnderstood) {}
