package dev.earmark.search.rank;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * All numbers that decide the order of moments.
 *
 * <p>None of them is stored in an index in a folder, so a new value takes effect with the next
 * search. An index in a cluster holds scores that were made with the values of {@link PassageScore}
 * when it was written. Each is described where it is declared. {@code ./earmark bench quality --set
 * NAME=VALUE} measures another value; {@code --sweep NAME} measures half and double.
 *
 * <p>Figures of effects are differences in mean reciprocal rank on the training data ({@code
 * --sweep}). On 28 November 2026 they were measured from .666 for headings of talks, .799 for the
 * same within their episode, .325 for topics of meetings, .769 within their meeting, and .662 for
 * turns; of the parameters from {@code bm25K1} to {@code pairSaturation} and of some behind them on
 * 29 November, on every second document ({@code --every 2}), from .651, .804, .339, .772 and .646.
 * Differences below .002 are not listed. The data is English speech with few notes and
 * advertisements, so "no difference" of a parameter of other text says only that it does no harm
 * here. Where no figure is given, the effect is expected and was not measured. "Tuned" means chosen
 * on the training half of the data and reported on the other.
 *
 * <p>Immutable and thread-safe.
 */
public record RankingParameters(
    @RankingParameter(
            value = 2.5,
            most = 20,
            meaning = "how much a word in the moment counts beside one near it",
            source = "tuned; Robertson, Zaragoza, Taylor 2004 for mixing frequencies",
            effect =
                "lower: long answers gain, short mentions lose; higher: the reverse (halved:"
                    + " turns +.004; doubled: headings -.003)")
        double own,
    @RankingParameter(
            value = 30_000,
            unit = "ms",
            least = 1_000,
            most = 600_000,
            meaning = "time after which a word near a moment counts 1/e",
            source = "tuned; Lv, Zhai 2009 for the decay",
            effect =
                "lower: neighbours help less; higher: the whole passage ranks alike (halved:"
                    + " headings -.008, topics -.002, in meeting -.002, turns +.002; doubled: in"
                    + " episode -.006)")
        double nearMs,
    @RankingParameter(
            value = 150_000,
            unit = "ms",
            least = 1_000,
            most = 3_600_000,
            meaning = "time after which a word of a moment's block counts 1/e",
            source = "tuned; Callan 1994 for evidence of the passage around",
            effect =
                "lower: the block is as narrow as what is near; higher: it is the episode"
                    + " (halved: headings -.002, in episode +.003, topics -.004, turns +.003;"
                    + " doubled: headings -.006, in episode -.002, topics +.007)")
        double blockMs,
    @RankingParameter(
            value = 1.2,
            least = 0.01,
            most = 10,
            unit = "occurrences",
            meaning = "where occurrences in and near a moment count half of what any number does",
            source = "the usual k1 of BM25; Robertson, Walker 1994",
            effect =
                "lower: that a word comes at all counts; higher: how often it comes (halved: in"
                    + " episode -.004, topics +.003; doubled: headings -.006, topics +.002, turns"
                    + " +.003)")
        double saturation,
    @RankingParameter(
            value = 1.9,
            least = 0.01,
            most = 50,
            unit = "occurrences",
            meaning = "where occurrences in the block count half of what any number does",
            source = "tuned",
            effect =
                "lower: one mention fills a block; higher: only talk about it does (halved:"
                    + " headings -.002, in episode -.003, topics +.005, in meeting -.002;"
                    + " doubled: headings -.002, topics -.006, in meeting -.002, turns +.004)")
        double blockSaturation,
    @RankingParameter(
            value = 1.25,
            most = 10,
            meaning = "how much the block counts beside what is in and near a moment",
            source = "tuned",
            effect =
                "lower: single moments rank; higher: whole conversations rank (halved: headings"
                    + " -.014, in episode +.003; doubled: topics -.003, in meeting +.002)")
        double block,
    @RankingParameter(
            value = 0.5,
            most = 1,
            meaning = "how much the length of a moment counts",
            source = "b of BM25, tuned for short moments",
            effect =
                "lower: long moments rise; higher: short ones do (halved: topics +.002, in"
                    + " meeting -.003; doubled: in episode -.002, turns +.005)")
        double lengthNormalization,
    @RankingParameter(
            value = 3,
            least = 0.1,
            most = 30,
            unit = "moments",
            meaning = "how many moments of average length lie near one",
            source = "30 s each way, of moments of 15 s, less what decays",
            effect =
                "lower: length counts more; higher: less (halved: headings -.002; doubled: in"
                    + " episode -.002, in meeting -.004)")
        double nearMoments,
    @RankingParameter(
            value = 6,
            least = 0.1,
            most = 20,
            unit = "nats",
            meaning = "the inverse document frequency of a word that weighs as in BM25",
            source = "tuned; a word of one in 400 moments",
            effect =
                "scales all words alike: lower, they outweigh pairs and names; higher, less"
                    + " (halved: topics +.002, turns +.003; doubled: headings -.008, in episode"
                    + " -.002, in meeting -.002, turns +.003)")
        double usualIdf,
    @RankingParameter(
            value = 0.6,
            least = 0.01,
            most = 10,
            unit = "occurrences",
            meaning = "k1 of BM25, for phrases, titles and words written with ~",
            source = "tuned on passages of speech",
            effect =
                "lower: that a phrase comes at all counts; higher: how often it comes (halved:"
                    + " headings -.009; doubled: headings +.004, in episode +.003)")
        double bm25K1,
    @RankingParameter(
            value = 0.75,
            most = 1,
            meaning = "b of BM25, for phrases, titles and words written with ~",
            source = "the usual one; Robertson, Walker 1994",
            effect = "lower: long moments rise; higher: short ones do (halved: no difference)")
        double bm25B,
    @RankingParameter(
            value = 0.3,
            most = 10,
            meaning = "how much a title or heading counts that has a word of the query",
            source = "tuned",
            effect =
                "lower: what a moment says ranks; higher: what it stands under (halved: no"
                    + " difference; doubled: headings -.005)")
        double title,
    @RankingParameter(
            value = 0.8,
            most = 1,
            meaning = "how much another form of a word counts beside the word itself",
            source = "tuned",
            effect =
                "lower: the very word ranks first; higher: forms do not matter (halved:"
                    + " headings -.003, in episode -.003, topics +.002, in meeting -.002, turns"
                    + " +.004)")
        double otherForm,
    @RankingParameter(
            value = 0.5,
            most = 1,
            meaning = "how much a compound counts that has the word as a part",
            source = "tuned on German shows",
            effect =
                "lower: compounds come last; higher: they count as the word (halved or doubled:"
                    + " no difference)")
        double compound,
    @RankingParameter(
            value = 0.4,
            most = 1,
            meaning = "how much all parts of a compound count that stand in its place",
            source = "tuned on German shows",
            effect =
                "lower: the compound itself ranks first; higher: its parts count as much"
                    + " (halved or doubled: no difference)")
        double compoundParts,
    @RankingParameter(
            value = 0.5,
            most = 1,
            meaning =
                "how much a word counts that sounds like the one asked for, times its likeness",
            source = "tuned on misheard names",
            effect =
                "orders near forms among other words; exact words come first at any value"
                    + " (halved or doubled: no difference)")
        double nearForm,
    @RankingParameter(
            value = 0.03,
            most = 1,
            meaning = "how much a word counts that makes a question, such as \"discuss\"",
            source = "tuned",
            effect =
                "lower: no change; higher: talk about talking rises (halved: no difference;"
                    + " doubled: in meeting +.002)")
        double questionWord,
    @RankingParameter(
            value = 0.3,
            most = 1,
            meaning = "how much a word counts that names a speaker",
            source = "tuned",
            effect =
                "lower: what is asked ranks; higher: mentions of the name do (halved: turns"
                    + " -.002; doubled: turns -.007)")
        double wordOfName,
    @RankingParameter(
            value = 6,
            most = 50,
            meaning = "what is added where a named speaker says the moment",
            source = "tuned",
            effect =
                "lower: others answer as well; higher: only the speaker does (halved: turns"
                    + " -.005; doubled: no difference)")
        double namedSpeaker,
    @RankingParameter(
            value = 0.05,
            most = 1,
            meaning = "the least a word counts that is near one written with ~",
            source = "set by hand, so that no listed word counts nothing",
            effect = "matters for words of two letters only (halved or doubled: no difference)")
        double leastFuzzy,
    @RankingParameter(
            value = 0.3,
            most = 10,
            meaning = "what two words of the query count that stand in a row",
            source = "tuned; Metzler, Croft 2005",
            effect =
                "lower: pairs count little; higher: phrases win over words (halved: headings"
                    + " -.004, in episode -.002, topics +.003, in meeting +.002, turns -.002;"
                    + " doubled: headings +.003, in episode -.004, topics +.003, in meeting"
                    + " -.008, turns -.004)")
        double orderedPair,
    @RankingParameter(
            value = 0.1,
            most = 10,
            meaning = "what two words of the query count that stand near each other",
            source = "tuned; Metzler, Croft 2005",
            effect =
                "lower: only rows count; higher: loose company does (halved: topics +.003, in"
                    + " meeting +.002; doubled: headings -.005, in episode -.003, topics +.004,"
                    + " in meeting -.006, turns -.002)")
        double unorderedPair,
    @RankingParameter(
            value = 8,
            least = 2,
            most = 64,
            unit = "words",
            meaning = "the width of the window in which two words are near each other",
            source = "four times the number of words; Metzler, Croft 2005",
            effect =
                "lower: as rows; higher: as the moment (halved: headings +.003, in meeting"
                    + " +.002; doubled: headings -.006)")
        double pairWindow,
    @RankingParameter(
            value = 0.6,
            least = 0.01,
            most = 10,
            unit = "pairs",
            meaning = "where pairs count half of what any number of them does",
            source = "as for phrases",
            effect =
                "lower: one pair is enough; higher: repetition counts (halved: headings -.007,"
                    + " in episode -.002, in meeting -.002, turns -.002; doubled: headings -.003,"
                    + " topics +.003)")
        double pairSaturation,
    @RankingParameter(
            value = 12,
            least = 1,
            most = 100,
            unit = "pairs",
            meaning = "how many pairs of a long query are looked at",
            source = "set by hand; bounds the cost",
            effect =
                "matters for queries of more than twelve words only (halved: headings -.003,"
                    + " topics -.006; doubled: turns -.004)")
        double mostPairs,
    @RankingParameter(
            value = 15_000,
            unit = "ms",
            least = 1_000,
            most = 600_000,
            meaning = "time after which a moment lifts another 1/e as much",
            source = "chosen on the training data",
            effect =
                "lower: hits stand alone; higher: the best part of an episode ranks as one"
                    + " (halved: turns -.010; doubled: no difference)")
        double contextMs,
    @RankingParameter(
            value = 1,
            most = 5,
            meaning = "how much the moments around count inside one episode",
            source = "chosen on the training data",
            effect =
                "lower: hits stand alone; higher: clusters of poor hits rise (halved: turns"
                    + " -.002; doubled: in episode -.002, turns -.005)")
        double contextHits,
    @RankingParameter(
            value = 0.5,
            most = 5,
            meaning = "how much it counts that a named speaker has the floor",
            source = "tuned on meetings",
            effect =
                "lower: interjections count as much; higher: speeches win (halved: in meeting"
                    + " -.003, turns -.004; doubled: turns -.008)")
        double contextFloor,
    @RankingParameter(
            value = 5_000,
            least = 1,
            most = 100_000,
            unit = "moments",
            meaning = "how many of an episode are looked at, the best by words",
            source = "set by hand: as many as thirty hours of speech have, in some milliseconds",
            effect =
                "lower: less is known of what is said around; higher: slower where an episode is"
                    + " longer (halved or doubled: no difference)")
        double contextMoments,
    @RankingParameter(
            value = 500,
            least = 1,
            most = 10_000,
            unit = "hits",
            meaning = "how many of the best hits are ranked again",
            source = "set by hand; bounds the cost",
            effect =
                "lower: faster, and pages fit together for fewer hits; higher: slower (halved"
                    + " or doubled: no difference)")
        double reranked,
    @RankingParameter(
            value = 75_000,
            unit = "ms",
            most = 3_600_000,
            meaning = "a hit so near a better one of its episode gives way to other stretches",
            source = "tuned; one result per 75 s",
            effect =
                "lower: one minute fills the page; higher: neighbouring answers part (halved:"
                    + " headings -.005, in episode -.006, topics -.004, in meeting -.004, turns"
                    + " -.003; doubled: in episode -.002, topics +.002, in meeting +.006)")
        double stretchMs,
    @RankingParameter(
            value = 5,
            least = 1,
            most = 100,
            unit = "stretches",
            meaning = "how many stretches come first inside one episode",
            source = "tuned on meetings",
            effect =
                "lower: reading on is better; higher: more places are offered first (halved: in"
                    + " episode -.004, in meeting -.006; doubled: no difference)")
        double stretchesOfOne,
    @RankingParameter(
            value = 1,
            least = 1,
            most = 100,
            unit = "stretches",
            meaning = "how many stretches come first inside one episode if a question is asked",
            source = "chosen on half of the training data",
            effect = "2: recall of turns at 1/6 -.01, MRR +.001")
        double stretchesOfQuestion,
    @RankingParameter(
            value = 0.6,
            most = 1,
            meaning = "what a moment is worth that has no place in the recording",
            source = "set by hand: it cannot be jumped to",
            effect =
                "lower: notes and articles sink; higher: they rank with speech (halved: no"
                    + " difference)")
        double unplaced,
    @RankingParameter(
            value = 0.8,
            most = 1,
            meaning = "what a moment is worth whose place is estimated with confidence 0",
            source = "set by hand, between unplaced and exact",
            effect =
                "lower: aligned notes sink; higher: they rank with speech (halved: headings"
                    + " -.026, in episode -.017, topics -.002, in meeting +.002, turns -.013)")
        double estimated,
    @RankingParameter(
            value = 0.1,
            most = 1,
            meaning = "what is added to that with confidence 1",
            source = "set by hand",
            effect =
                "lower: confidence does not matter; higher: sure places rise (halved: in"
                    + " episode -.002, in meeting +.003; doubled: headings -.022, in episode"
                    + " -.002, topics -.002, in meeting -.008, turns -.006)")
        double confidence,
    @RankingParameter(
            value = 1.2,
            least = 0.1,
            most = 10,
            meaning = "what somebody's own words are multiplied by",
            source = "set by hand: speech before retelling",
            effect =
                "lower: summaries rank with speech; higher: they come after it (halved:"
                    + " headings -.002, in meeting -.007, turns -.003; doubled: in meeting +.003,"
                    + " turns -.004)")
        double ownWords,
    @RankingParameter(
            value = 0.25,
            most = 1,
            meaning = "what an advertisement or a recognizer's loop is multiplied by",
            source = "set by hand",
            effect =
                "lower: they vanish behind all else; higher: they come up (halved or doubled:"
                    + " no difference)")
        double aside,
    @RankingParameter(
            value = 3,
            least = 1,
            most = 62,
            unit = "words",
            meaning = "up to so many content words all have to come together to match",
            source = "set by hand: two or three words mean one thing",
            effect = "1: MRR of headings +.003, in episode +.008, five times as many matches")
        double allOf,
    @RankingParameter(
            value = 2,
            most = 62,
            unit = "words",
            meaning = "the same in a question, which has words that the answer does not",
            source = "set by hand",
            effect = "0: recall of turns +.01; single words match")
        double allOfQuestion,
    @RankingParameter(
            value = 0.3,
            least = 0.01,
            most = 1,
            unit = "of the sum of inverse document frequencies",
            meaning = "of more words, how much has to come together to match",
            source = "chosen on half of the training data",
            effect =
                ".4: MRR of headings -.003, of topics -.006, of turns -.003, half as many"
                    + " matches; .5: -.014, -.013, -.011")
        double enough,
    @RankingParameter(
            value = 200,
            most = 10_000,
            unit = "words",
            meaning = "how far apart words may be spoken and still come together",
            source = "chosen on half of the training data; 80 s of talk",
            effect = "80: MRR of headings -.007; 300: in meeting -.008")
        double togetherReach,
    @RankingParameter(
            value = 100,
            most = 10_000,
            meaning =
                "what the first pass of a cluster adds where a rare word is exact, so that the"
                    + " second sees it",
            source = "set by hand: more than any near form scores",
            effect = "lower: a cluster may overlook exact words; higher: no change")
        double firstPassExact,
    @RankingParameter(
            value = 0.4,
            most = 10,
            meaning = "where a cluster ranks: how much a function word counts beside BM25",
            source = "as elsewhere: the root of idf / usualIdf, for a word of every third moment",
            effect = "in a cluster, at 0: headings -.006; at 1: turns -.005")
        double firstPassGrammar,
    @RankingParameter(
            value = 200,
            least = 1,
            most = 10_000,
            unit = "moments",
            meaning = "how many moments nearest in meaning are looked at",
            source = "set by hand; bounds the cost",
            effect = "lower: faster; higher: more moments that no word matches")
        double meaningNearest,
    @RankingParameter(
            value = 5_000,
            least = 1,
            most = 10_000,
            unit = "moments",
            meaning = "the same inside one episode",
            source = "set by hand: all of nearly every episode",
            effect = "lower: the list of an episode ends sooner")
        double meaningNearestOfOne,
    @RankingParameter(
            value = 0.35,
            most = 1,
            unit = "cosine",
            meaning = "how near in meaning a moment is at least that no word matches",
            source = "set by hand",
            effect = "lower: more is added that has little to do with the query; higher: less")
        double meaningLeast,
    @RankingParameter(
            value = 0.2,
            most = 1,
            unit = "cosine",
            meaning = "the same inside one episode",
            source = "chosen on a third of the training data: a quarter of what is unrelated",
            effect =
                "lists 40% of a meeting; .15: 52%, recall of turns at 1/6 +.002; .25: 30%,"
                    + " -.013")
        double meaningLeastOfOne,
    @RankingParameter(
            value = 0.5,
            most = 20,
            unit = "of the best score by words",
            meaning = "how much nearness in meaning lifts a moment among several episodes",
            source = "chosen on the training data",
            effect =
                "0: MRR of headings -.024, of topics -.033; .25: +.007, -.007; 1: -.009, -.007;"
                    + " 2: -.025, -.007")
        double meaningWeight,
    @RankingParameter(
            value = 20,
            least = 1,
            most = 500,
            unit = "hits",
            meaning = "how many hits inside one episode come by what they are themselves",
            source = "chosen on a third of the training data",
            effect = "5: in episode S@10 of headings -.019, of topics -.032; 10: -.008, -.004")
        double headOfOne,
    @RankingParameter(
            value = 5,
            least = 1,
            most = 500,
            unit = "hits",
            meaning = "the same if a question is asked",
            source = "chosen on a third of the training data",
            effect = "3: MRR of turns -.003; 10: +.001")
        double headOfQuestion,
    @RankingParameter(
            value = 0.75,
            most = 2,
            unit = "of the best of them",
            meaning = "how good these have to be, beside the best",
            source = "chosen on a third of the training data",
            effect =
                "halved: recall of turns at 1/6 -.02, MRR +.001; doubled, so that only the best is"
                    + " first: +.02, -.025")
        double headLeast,
    @RankingParameter(
            value = 0.25,
            most = 2,
            unit = "of the most that is said around any",
            meaning = "how much has to be said around these, beside the best",
            source = "chosen on a third of the training data",
            effect =
                "halved: recall of turns at 1/6 -.005, MRR +.001; doubled: at 1/3 +.01, MRR -.005")
        double headAround,
    @RankingParameter(
            value = 5,
            least = 1,
            most = 100,
            unit = "words or phrases",
            meaning = "from so many things that are asked for on the same holds without a question",
            source = "chosen on a third of the training data and 40 questions in other words",
            effect =
                "of 40 questions in other words: 4: recall at 1/6 -.009, in episode S@10 of"
                    + " headings -.016; 100: recall -.065, MRR of headings +.004")
        double partsOfQuestion,
    @RankingParameter(
            value = 0.5,
            least = 0.01,
            most = 1,
            unit = "of the weight of all that is asked for",
            meaning = "how much of a query one moment has to say for its words to count fully",
            source = "chosen on a third of the training data",
            effect =
                ".3: recall at 1/6 of 40 questions in other words -.093, MRR of turns -.008;"
                    + " .6: +.038, +.002, but recall of turns on a third of the data -.010")
        double coverageEnough,
    @RankingParameter(
            value = 2,
            most = 20,
            meaning = "the power by which words count less if less of the query is said",
            source = "chosen on a third of the training data",
            effect =
                "0: as without; 1: recall at 1/6 of 40 questions in other words -.073; 4:"
                    + " +.041, MRR of turns -.003")
        double coveragePower,
    @RankingParameter(
            value = 10,
            least = 1,
            most = 100,
            unit = "hits",
            meaning = "how many of the best by words are looked at for how much they say",
            source = "chosen on a third of the training data",
            effect = "3: recall of turns at 1/6 -.004; 20: MRR of turns -.009")
        double coverageOf,
    @RankingParameter(
            value = 0.05,
            most = 5,
            unit = "of the best score by words, a standard deviation of the cosines",
            meaning = "how much standing out in meaning lifts one of these",
            source = "chosen on a third of the training data",
            effect =
                "halved: MRR of turns -.014, of 40 questions in other words -.055; doubled: -.011,"
                    + " -.017")
        double meaningLift,
    @RankingParameter(
            value = 5,
            least = 0.1,
            most = 20,
            meaning = "the power of a score by words, which tells of a stretch around it",
            source = "chosen on a third of the training data",
            effect = "halved: recall of turns at 1/3 -.02; doubled: at 1/6 +.004, MRR -.006")
        double wordsPower,
    @RankingParameter(
            value = 240_000,
            unit = "ms",
            least = 1_000,
            most = 3_600_000,
            meaning = "time after which words tell 1/e as much of what is said around",
            source = "chosen on a third of the training data",
            effect = "100,000: recall of turns at 1/6 -.004, at 1/3 -.006")
        double wordsAroundMs,
    @RankingParameter(
            value = 1,
            most = 10,
            unit = "of what words tell at most",
            meaning = "how much meaning tells of what is said around",
            source = "chosen on a third of the training data",
            effect =
                "halved: recall of turns at 1/3 -.006, of 40 questions in other words at 1/6 -.03;"
                    + " doubled: of turns at 1/6 -.01")
        double meaningAround,
    @RankingParameter(
            value = 60_000,
            unit = "ms",
            least = 1_000,
            most = 3_600_000,
            meaning = "time after which meaning tells 1/e as much of what is said around",
            source = "chosen on a third of the training data",
            effect = "120,000: recall of turns at 1/6 -.002, at 1/3 -.003")
        double meaningAroundMs,
    @RankingParameter(
            value = 1.5,
            most = 10,
            unit = "standard deviations above the mean of the episode",
            meaning = "from where on nearness in meaning tells of what is said around",
            source = "chosen on a third of the training data",
            effect = "1: recall of turns at 1/3 -.005; .5: -.010")
        double standsOut,
    @RankingParameter(
            value = 0.45,
            most = 1,
            unit = "cosine",
            meaning = "how near in meaning a passage is at least that answers a question",
            source = "chosen between the figures for .43 and .5, of questions asked of any meeting",
            effect =
                "by the nearest moment of all, .43 refuses 71% of others' questions and 10% of"
                    + " a meeting's own; .38: 62%, 5%; .49: 84%, 20%; as it is, 54% and 9%, the"
                    + " others from the meeting before")
        double answerLeast,
    @RankingParameter(
            value = 0.15,
            most = 1,
            unit = "cosine",
            meaning = "how much less near other passages may be beside the nearest",
            source = "set by hand",
            effect = "lower: fewer passages beside the best; higher: more, and looser")
        double answerMargin,
    @RankingParameter(
            value = 0.45,
            most = 1,
            unit = "cosine",
            meaning = "how near in meaning two moments are at least that are alike",
            source = "set by hand",
            effect = "lower: more is shown as alike; higher: less")
        double similarLeast) {

  /** What Earmark ranks with. */
  public static final RankingParameters DEFAULT = ofDefaults();

  private static RankingParameters ofDefaults() {
    return of(
        Arrays.stream(RankingParameters.class.getRecordComponents())
            .map(each -> each.getAnnotation(RankingParameter.class).value())
            .toArray(Double[]::new));
  }

  private static RankingParameters of(Double[] values) {
    RecordComponent[] components = RankingParameters.class.getRecordComponents();
    for (int i = 0; i < values.length; i++) {
      RankingParameter described = components[i].getAnnotation(RankingParameter.class);
      // Written so that what is no number is refused as well.
      if (!(values[i] >= described.least() && values[i] <= described.most())) {
        throw new IllegalArgumentException(
            components[i].getName()
                + " must be "
                + shown(described.least())
                + " to "
                + shown(described.most())
                + ", got "
                + shown(values[i]));
      }
    }
    Class<?>[] types = new Class<?>[values.length];
    Arrays.fill(types, double.class);
    try {
      return RankingParameters.class.getDeclaredConstructor(types).newInstance((Object[]) values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * One of the parameters.
   *
   * @param name as it is set
   * @param value as it is now
   * @param description what it does, its unit and range, where it comes from and what it changes
   */
  public record Parameter(String name, double value, String description) {}

  /** All parameters, in the order in which they are declared. */
  public List<Parameter> all() {
    List<Parameter> all = new ArrayList<>();
    for (RecordComponent component : RankingParameters.class.getRecordComponents()) {
      RankingParameter described = component.getAnnotation(RankingParameter.class);
      all.add(
          new Parameter(
              component.getName(),
              value(component),
              described.meaning()
                  + "; "
                  + shown(described.least())
                  + " to "
                  + shown(described.most())
                  + (described.unit().isEmpty() ? "" : " " + described.unit())
                  + "; "
                  + described.source()
                  + "; "
                  + described.effect()));
    }
    return List.copyOf(all);
  }

  private double value(RecordComponent component) {
    try {
      return (double) component.getAccessor().invoke(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The value of a parameter. */
  public double get(String name) {
    return all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name))
        .value();
  }

  /**
   * The same with another value of one parameter.
   *
   * @throws IllegalArgumentException if there is no such parameter or the value is out of its range
   */
  public RankingParameters with(String name, double value) {
    List<Parameter> all = all();
    Double[] values = new Double[all.size()];
    boolean found = false;
    for (int i = 0; i < values.length; i++) {
      boolean meant = all.get(i).name().equals(name);
      values[i] = meant ? value : all.get(i).value();
      found |= meant;
    }
    if (!found) {
      throw unknown(name);
    }
    return of(values);
  }

  private IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "there is no ranking parameter \""
            + name
            + "\"; there are "
            + String.join(", ", all().stream().map(Parameter::name).toList()));
  }

  private static String shown(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
