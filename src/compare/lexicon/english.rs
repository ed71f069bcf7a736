//! English.

use super::Lists;

pub(super) static LISTS: Lists = Lists {
    negations: "not no never none neither nor nobody nothing nowhere hardly scarcely barely",
    denials: "soldout prevent avoid abstain deny refuse reject fail decline lack unable without dismiss refute exclude except absent avoid impossible unlikely",
    hedges: "may might could perhaps maybe possibly possible probably probable likely allegedly alleged reportedly apparently \
apparent seemingly presumably presumed supposedly supposed purportedly purported suspected suspect suspicion believed thought feared \
rumoured rumored unconfirmed potentially potential claimed appear appears appeared seem seems seemed accused accuse accuses suggest suggests \
suggested indicate indicates indicated ostensibly arguably unverified disputed considering consider considers mulling mulls mull weighing \
whether claims claim",
    plans: "will shall plan plans planned planning expect expects expected set due going poised about ready prepare prepares preparing braced \
brace braces scheduled intends intend intended aims aim aiming hopes hope hoping upcoming proposed proposes propose seeking seeks wants want \
close heading head nearing favourite favorite slated scheduling threatens threaten threatened would",
    futures: "",
    saying: "",
    scopes: "all most many some every partial partially partly fully full entire entirely whole only almost nearly largely mainly mostly \
half majority minority temporary temporarily permanent permanently",
    times: "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october \
november december jan feb mar apr jun jul aug sept sep oct nov dec today yesterday tomorrow tonight morning afternoon evening night midnight \
noon midday week weeks month months year years days nights summer winter spring autumn fall weekend overnight dawn dusk fortnight",
    phrases: include_str!("english-phrases.txt"),
    likes: include_str!("english-likes.txt"),
    contrasts: include_str!("english-contrasts.txt"),
    light: "be have do make take give get hold conduct carry put go come let keep set grant receive see find use start begin become \
remain stay continue want need seem help try happen involve include",
    roles: "minister president chancellor premier senator governor mayor judge prosecutor lawyer attorney chief director chairman chairwoman \
chair chairperson head leader spokesman spokeswoman spokesperson official officer commissioner secretary ambassador general colonel captain \
sergeant doctor professor economist analyst coach manager executive founder editor bishop archbishop priest king queen prince princess \
deputy vice adviser advisor inspector superintendent constable coordinator treasurer ceo cfo pm mp negotiator envoy economist strategist \
aide assistant nurse teacher principal rector dean owner",
    place_words: "in near at from outside towards toward around across off into to of",
};
