"""The consequences of an answer, a sentence each, from the rules and the seen world alone."""

from game.words import money, percent, share, signed
from game.words.coalition_words import (
    bound,
    chance,
    living,
    war_chances,
)
from game.words.grammar import Speech, counted, listed, sentence
from game.words.phrases import ends, rung, stake_in, to_meet_in, treaty_of
from game.world import public_finance
from game.world.coalitions import coalitions, defenders, falls_due, opened
from game.world.legality import CALMEST_THAT_FIGHTS
from game.world.model import ULTIMATUM, Crisis, Treaty, World
from game.world.odds import war_odds
from game.world.orders import Terms
from game.world.questions import (
    AidQuestion,
    AssuranceQuestion,
    CallQuestion,
    CrisisQuestion,
    JoinQuestion,
    OfferQuestion,
    PeaceQuestion,
    PledgeQuestion,
    Question,
    TellQuestion,
)
from game.world.rules import BP, POSTURES


def consequences(question: Question, option: str, world: World) -> list[str]:
    """The consequences of an answer, the most important first. `world` is the seen world.

    `option` is one of the question's options, or "counter" for an offer.
    """
    speech = Speech(world.atlas, you=question.asked)
    match question:
        case OfferQuestion():
            lines = _offer(question, option, world, speech)
        case TellQuestion():
            lines = _tell(question, option, world, speech)
        case AidQuestion():
            lines = _aid(question, option, world, speech)
        case PledgeQuestion():
            lines = _pledge(question, option, world, speech)
        case AssuranceQuestion():
            lines = _assurance(question, option, world, speech)
        case CrisisQuestion():
            lines = _crisis(question, option, world, speech)
        case CallQuestion():
            lines = _call(question, option, world, speech)
        case JoinQuestion():
            lines = _join(question, option, world, speech)
        case PeaceQuestion():
            lines = _peace(question, option, world, speech)
    return [sentence(line) for line in lines]


def _offer(question: OfferQuestion, option: str, world: World, speech: Speech) -> list[str]:
    """The consequences of an answer to an offer."""
    by = speech.party(question.by)
    rules = world.atlas.rules
    if question.joins is not None:
        return _accession(question, option, world, speech)
    if option == "counter":
        return [f"{by:gets} your terms as a final offer, and may decline them"]
    if option != "accept":
        if question.final:
            return ["The talks end here, without blame"]
        rest = counted(rules.offer_rest, "turn")
        return [f"Nothing is signed and nothing is owed; {by:lets} the matter rest for {rest}"]
    lines = _owed(question.by, question.terms, world, speech)
    lines += _quarrels(question, world, speech)
    lines += _unease(question, world, speech)
    if question.terms.burden:
        payer, paid = (
            (question.asked, question.by) if question.final else (question.by, question.asked)
        )
        amount = public_finance.revenue(world, payer) * question.terms.burden // BP
        pays = f"{speech.party(payer):pays} {speech.party(paid)}"
        lines.append(f"{pays} {money(amount)} a turn while it runs")
    if question.terms.binding:
        bound_to = world.bound_to(question.asked) | {question.by}
        if len(bound_to) > 1:
            counts = BP / (BP + rules.dilution * (len(bound_to) - 1))
            lines.append(
                f"You would be bound to {len(bound_to)} states; your word to each then counts "
                f"{share(counts)} of what it would alone"
            )
    return lines


def _accession(question: OfferQuestion, option: str, world: World, speech: Speech) -> list[str]:
    """The consequences of joining a treaty in force, or of letting another state join."""
    treaty, newcomer = world.treaty(question.joins or 0), speech.party(question.newcomer)
    if option != "accept":
        if question.newcomer == question.asked:
            return ["You stay outside, without blame"]
        return [f"{newcomer:stays} outside: one member that is against it is enough"]
    if treaty is None:
        return []
    until, pact = ends(world, treaty), treaty_of(speech, treaty, question.asked)
    lines = ["It stands only if all who are asked agree"]
    if question.newcomer == question.asked:
        members = listed(speech.plain(party) for party in treaty.parties)
        lines.insert(0, f"You would owe what it says to {members}, and they to you, to {until}")
        return lines + _calls_of(treaty, world, speech) + _quarrels(question, world, speech)
    lines.insert(0, f"{newcomer:is} bound to you by {pact}, and you to {newcomer:it}, to {until}")
    return lines


def _calls_of(treaty: Treaty, world: World, speech: Speech) -> list[str]:
    """To which wars a treaty in force would call one who joins it."""
    whom = str(speech.party(treaty.against)) if treaty.against else "anyone"
    breach = share(world.atlas.rules.reliability_refused_call / BP)
    called = f"you are called to fight; to refuse costs {breach} of your reliability"
    lines = []
    if "defense" in treaty.obligations:
        widely = ", or joins a war against it" if treaty.against else ""
        lines.append(f"If {whom} attacks one of them{widely}, {called}")
    if "offense" in treaty.obligations:
        lines.append(f"If one of them attacks {whom}, {called}")
    return lines


def _owed(by: str, terms: Terms, world: World, speech: Speech) -> list[str]:
    """What each obligation of a treaty asks of a party."""
    party, until = speech.party(by), world.atlas.date(world.turn + terms.term)
    whom = str(speech.party(terms.against)) if terms.against else "anyone"
    breach = share(world.atlas.rules.reliability_refused_call / BP)
    lines = []
    if "defense" in terms.obligations:
        case = f"If {whom} attacks {party}"
        if terms.against:
            case = f"If {whom} attacks {party}, or joins a war against {party:it}"
        lines.append(
            f"{case}, you are called to fight; to refuse costs {breach} of your reliability"
        )
    if "offense" in terms.obligations:
        lines.append(
            f"If {party:attacks} {whom}, you are called to fight; to refuse costs {breach} of "
            f"your reliability"
        )
    if "neutrality" in terms.obligations:
        lines.append(f"You stay out of {party:'s} wars{f' with {whom}' if terms.against else ''}")
    if "nonaggression" in terms.obligations:
        lines.append(f"You and {party} do not attack each other")
    if "consultation" in terms.obligations:
        lines.append(f"You and {party} talk before you act; no more than that is owed")
    lines.append(f"It runs to {until}; to leave before costs an envoy, to break it your name")
    return lines


def _quarrels(question: OfferQuestion, world: World, speech: Speech) -> list[str]:
    """Existing quarrels that concern the named adversary and the partner."""
    terms, me, by = question.terms, question.asked, question.by
    lines = []
    for other in dict.fromkeys((terms.against, *living(world))):
        if other in ("", me, by):
            continue
        since = _at_odds(world, by, other)
        if not since and other == terms.against and (by, other) in world.atlas.rivalries:
            since = "an old rival of"
        if since:
            lines.append(f"{speech.party(by):is} {since} {speech.party(other)}")
    if terms.against:
        friends = [
            speech.plain(friend)
            for friend in defenders(world, terms.against, by)
            if friend not in (me, by, terms.against)
        ]
        if friends:
            whose = speech.party(terms.against)
            lines.append(f"By treaty {whose:'s} cause is also that of {listed(friends)}")
        if terms.secret:
            lines.append(f"{speech.party(terms.against):does} not learn of it unless it leaks")
        else:
            cost = signed(world.atlas.rules.hostile_posture / BP)
            lines.append(f"{speech.party(terms.against):learns} of it: hostility toward you {cost}")
    return lines


def _unease(question: OfferQuestion, world: World, speech: Speech) -> list[str]:
    """My pacts that name the partner, and my treaties with the adversary."""
    me, lines = question.asked, []
    for treaty in world.treaties_of(me):
        if treaty.against == question.by:
            allies = listed(speech.plain(party) for party in treaty.others(me))
            lines.append(f"It sits ill with {allies}: {_yours(speech, treaty, me)} stands")
        if question.terms.against in treaty.others(me):
            until = f"to {ends(world, treaty)}"
            lines.append(f"You keep {treaty_of(speech, treaty, me)}, which runs {until}")
    return lines


def _yours(speech: Speech, treaty: Treaty, me: str) -> str:
    return treaty_of(speech, treaty, me).replace("the ", "your ", 1)


def _at_odds(world: World, first: str, second: str) -> str:
    """How and since when two states quarrel, to follow the word "is"; empty if they do not."""
    atlas = world.atlas
    for war in world.wars:
        if second in war.enemies(first):
            return f"at war, since {atlas.date(max(1, war.since))}, with"
    for crisis in world.crises:
        if {crisis.by, crisis.of} == {first, second}:
            return f"in a crisis, since {atlas.date(max(1, crisis.since))}, with"
    return ""


def _tell(question: TellQuestion, option: str, world: World, speech: Speech) -> list[str]:
    """The consequences of telling a state who sought a pact against it, or of keeping silent."""
    by, told = speech.party(question.by), speech.party(question.terms.against)
    if option != "accept":
        return [f"Nobody learns of it from you; {told:learns} of it only by a leak or by listening"]
    rules = world.atlas.rules
    blamed, thanked = signed(rules.hostile_offer / BP), signed(-rules.hostile_told / BP)
    return [
        f"Hostility of {told} toward {by}: {blamed}; toward you: {thanked}",
        f"{by:learns} who told: hostility toward you {signed(rules.hostile_told / BP)}",
    ]


def _aid(question: AidQuestion, option: str, world: World, speech: Speech) -> list[str]:
    by = speech.party(question.by)
    if option != "accept":
        return [f"The money goes back to {by}"]
    revenue = max(1, public_finance.revenue(world, question.asked))
    recent = world.aid.get((question.by, question.asked), 0) + question.amount
    most = world.atlas.rules.aid_dependence_cap / BP
    return [
        f"{money(question.amount)} for your treasury, {percent(question.amount / revenue)} of a "
        f"turn's revenue; it binds you to nothing",
        f"What you have of late from {by} comes to {percent(min(recent / revenue, 9.99))} of "
        f"revenue; dependence counts up to {percent(most)}",
    ]


def _pledge(question: PledgeQuestion, option: str, world: World, speech: Speech) -> list[str]:
    """The consequences of taking a side in a crisis of others."""
    by, of, me = question.by, question.of, question.asked
    crisis = world.crisis(question.crisis)
    pledges = crisis.pledges if crisis else ()
    before = chance(world, *coalitions(world, by, of, pledges, absent=me))
    if option == "none":
        lines = [f"You promise nothing; at war, {speech.party(by)} would prevail at {before}"]
        owed = falls_due(world, opened(world, by, of), (by,)).get(me)
        if owed is not None:
            side = speech.party(owed.partner)
            lines.append(f"If it comes to war, your treaty with {side} calls you all the same")
        return lines
    joined = chance(world, *coalitions(world, by, of, (*pledges, (me, option))))
    other = of if option == by else by
    rules = world.atlas.rules
    cost = share(rules.reliability_refused_call / BP)
    face = share(rules.resolve_back_down[0] / BP)
    lines = [
        f"A public promise: if it comes to war with {speech.party(other)}, you fight",
        f"To go back on it costs {cost} of your reliability and {face} of your resolve",
        f"At war, {speech.party(by)} would prevail at {joined}; without you at {before}",
    ]
    if bound(world, me, other):
        lines.append(f"You are bound by treaty to {speech.party(other)}")
    return lines


def _assurance(question: AssuranceQuestion, option: str, world: World, speech: Speech) -> list[str]:
    """The consequences of what one says in private about a crisis of others."""
    rules, by = world.atlas.rules, speech.party(question.by)
    if option == "none":
        return [f"You promise nothing; only {by} learns that you gave no answer"]
    private = f"Only {by} learns of it, and reckons with it as far as it believes you"
    if option == "refuse" and question.beside:
        return ["You promise nothing", private]
    cost = share(rules.reliability_broken_assurance / BP)
    told = f"To do otherwise in the war costs {cost} of your reliability, and all learn of it"
    if option == "refuse":
        return [private, told]
    blamed, thanked = rules.hostile_kept_promise / BP, -rules.hostile_kept_promise // 2 / BP
    return [
        private,
        told,
        f"Hostility of {by} toward you: {signed(thanked)} if you keep it, {signed(blamed)} if not",
    ]


def _crisis(question: CrisisQuestion, option: str, world: World, speech: Speech) -> list[str]:
    """The consequences of climbing, holding or leaving in a crisis."""
    rules, crisis = world.atlas.rules, world.crisis(question.crisis)
    me, other = question.asked, question.by
    if crisis is None:
        return ["The crisis is over already"]
    demands = crisis.by == me
    odds = war_odds(world, *coalitions(world, crisis.by, crisis.of, crisis.pledges))
    mine = percent((odds if demands else BP - odds) / BP)
    war = f"If it comes to war, your side prevails at {mine}"
    resolve = f"now {share(world.state(me).resolve / BP)}"
    if option == "yield":
        if demands:
            lost = rules.resolve_back_down[min(max(crisis.rung, 0), 2)]
            stake = stake_in(world, speech, crisis.of, crisis.stake, crisis.subject)
            fallen = signed(-lost / BP)
            dropped = f"You drop the matter of {stake}; your resolve {fallen}, {resolve}"
            return [dropped, *_no_climbing(question, crisis, world, speech)]
        met = to_meet_in(world, speech, me, crisis.stake, crisis.subject)
        lost_by_yielding = signed(-rules.resolve_yield / BP)
        yielded = [f"You {met}", f"Your resolve {lost_by_yielding}, {resolve}"]
        return [*yielded, *_no_climbing(question, crisis, world, speech)]
    if option == "hold":
        return [
            f"If {speech.plain(other)} holds too, the crisis stays at {rung(crisis.rung)}; "
            f"left so, it fades in {world.atlas.date(max(1, crisis.since + rules.crisis_fades))}",
            *_no_climbing(question, crisis, world, speech),
            war,
        ]
    lines = []
    if crisis.rung == 0:
        extra = (
            world.atlas.sheet(me).army_upkeep * world.state(me).army // public_finance.UPKEEP_PER
        )
        cost = money(extra * rules.mobilisation_cost // BP)
        lines.append(f"Your army mobilises, at {cost} a turn")
    elif crisis.rung == 1:
        lines.append("An ultimatum: the next step up is war")
    else:
        lines.append(f"War with {speech.plain(other)}")
    back = rules.resolve_back_down[min(max(crisis.rung + 1, 0), 2)]
    if demands and crisis.rung < 2:
        lines.append(f"To back down later would cost {share(back / BP)} of your resolve")
    return [*lines, war]


def _no_climbing(
    question: CrisisQuestion, crisis: Crisis, world: World, speech: Speech
) -> list[str]:
    """Why the rules leave no step up to who is asked; nothing where they do."""
    if "climb" in question.options:
        return []
    me, other = question.asked, speech.party(question.by)
    if crisis.rung >= ULTIMATUM and me == crisis.of:
        return [f"You cannot climb: {other:stands} behind an ultimatum, and to hold refuses it"]
    posture = world.state(me).posture
    if posture < CALMEST_THAT_FIGHTS:
        now, needed = POSTURES[posture], POSTURES[CALMEST_THAT_FIGHTS]
        return [f"You cannot climb: your posture is {now}; to mobilise it must be {needed}"]
    return [f"You cannot climb: {other:is} out of your reach, or fights on your side in a war"]


def _call(question: CallQuestion, option: str, world: World, speech: Speech) -> list[str]:
    """The consequences of honouring or refusing a call."""
    rules, me = world.atlas.rules, question.asked
    by, enemy = speech.party(question.by), speech.party(question.enemy)
    held = f"now {share(world.state(me).reliability / BP)}"
    if option != "honour":
        lost = signed(-rules.reliability_refused_call / BP)
        treaty = world.treaty(question.treaty)
        ended = f"{_yours(speech, treaty, me)} is broken" if treaty is not None else ""
        if question.treaty < 0:
            ended = f"Your resolve {signed(-rules.resolve_back_down[0] / BP)}"
        return [
            f"You stay at peace with {enemy}",
            f"Your reliability {lost}, {held}; {by} does not forget it",
            *([ended] if ended else []),
        ]
    lines = [f"You are at war with {enemy}"]
    war = world.war(question.war)
    if war is not None:
        joined, alone = war_chances(world, war, question.by, me)
        lines.append(f"{by:'s} side then prevails at {joined}; without you at {alone}")
    lines.append(f"Your reliability {signed(rules.reliability_honoured_call / BP)}, {held}")
    return [*lines, *_torn(world, speech, me, (question.enemy,))]


def _torn(world: World, speech: Speech, me: str, enemies: tuple[str, ...]) -> list[str]:
    """My treaties that I would break by entering a war against partners, and the cost."""
    torn = [
        treaty
        for treaty in world.treaties_of(me)
        if any(enemy in treaty.parties for enemy in enemies)
    ]
    lines = [f"It breaks {_yours(speech, treaty, me)}" for treaty in torn]
    if any(treaty.obligations != ("consultation",) for treaty in torn):
        lines.append(
            f"For each partner so betrayed, your reliability "
            f"{signed(-world.atlas.rules.reliability_breach / BP)}"
        )
    return lines


def _join(question: JoinQuestion, option: str, world: World, speech: Speech) -> list[str]:
    me, war = question.asked, world.war(question.war)
    if option == "none" or war is None:
        rest = counted(world.atlas.rules.join_rest, "turn")
        return [f"You stay out, and are not asked again for {rest}"]
    leader = question.by if option == "attackers" else question.of
    joined, alone = war_chances(world, war, leader, me)
    enemies = war.defenders if option == "attackers" else war.attackers
    lines = [
        f"You are at war with {listed(speech.plain(enemy) for enemy in enemies)}",
        f"{speech.party(leader):'s} side then prevails at {joined}; without you at {alone}",
    ]
    return [*lines, *_torn(world, speech, me, enemies)]


def _peace(question: PeaceQuestion, option: str, world: World, speech: Speech) -> list[str]:
    """The consequences of an answer to an offer of peace."""
    me, by, terms = question.asked, question.by, question.terms
    rules, tired = world.atlas.rules, world.state(question.asked).exhaustion
    war = world.war(question.war)
    if option != "accept":
        lines = [
            f"The war goes on; your exhaustion is {percent(tired / BP)} and grows by "
            f"{percent(rules.exhaustion_turn / BP)} a turn"
        ]
        if war is not None:
            side = war.attackers if me in war.attackers else war.defenders
            lines.append(f"Your side prevails at {war_chances(world, war, side[0], '')[1]}")
        return lines
    lines = []
    if terms.takes:
        lines.append(f"You lose {speech.places(terms.takes)}")
    if terms.gives:
        lines.append(f"You gain {speech.places(terms.gives)}")
    if terms.indemnity:
        payer = me if terms.indemnity > 0 else by
        amount = money(public_finance.revenue(world, payer) * abs(terms.indemnity) // BP)
        lines.append(f"{speech.party(payer):pays} {amount}")
    if terms.disarm:
        lines.append("You halve your army")
    leaders = {war.attackers[0], war.defenders[0]} if war is not None else {me, by}
    if war is not None and me in leaders and by not in leaders:
        lines.append(f"A separate peace: {speech.plain(by)} leaves the war, which goes on")
    elif war is not None and me not in leaders:
        left = [speech.plain(friend) for friend in war.friends(me)]
        alone = f"; {listed(left)} would fight on without you" if left else ""
        lines.append(f"You leave the war{alone}")
    else:
        lines.append("The war is over for both sides")
    return lines
