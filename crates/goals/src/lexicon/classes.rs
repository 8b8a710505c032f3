//! The names of the classes of phrases.

macro_rules! classes {
    ($($(#[$doc:meta])* $class:ident = $name:literal,)*) => {
        /// A class of phrases.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Class { $($(#[$doc])* $class,)* }

        impl Class {
            /// All classes.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Class] = &[$(Class::$class,)*];

            /// How many there are.
            pub(crate) const COUNT: usize = [$(Class::$class,)*].len();

            /// The class that the lexicon's files call `name`.
            pub(crate) fn named(name: &str) -> Option<Class> {
                match name { $($name => Some(Class::$class),)* _ => None }
            }
        }
    };
}

classes! {
    // Found by other means.
    Quantity = "qty",
    Date = "date",
    // basics.txt
    NumberWord = "numberword",
    They = "they",
    We = "we",
    Modal = "modal",
    Negation = "not",
    Role = "role",
    PastPeriod = "past",
    NowWord = "now",
    Dodge = "dodge",
    // metrics.txt
    Metric = "metric",
    PerPeriod = "perperiod",
    // outcomes.txt
    ChangeVerb = "change",
    StrongChange = "change.strong",
    OrganisationNoun = "organisation.noun",
    AttainVerb = "attain",
    OrganisationVerb = "organisation",
    AnyVerb = "achieve",
    Comparative = "comparative",
    Bound = "bound",
    Want = "want",
    GoalNoun = "goalnoun",
    GoalIs = "goalis",
    StrongGoalIs = "goalis.strong",
    EvidenceMark = "mark",
    ClauseVerb = "verb",
    TargetQuestion = "targetquestion",
    AnythingElse = "anythingelse",
    Summary = "summary",
    Confirms = "confirms",
    Corrects = "corrects",
    // vetoes.txt
    Feature = "feature",
    Buying = "buying",
    Deal = "deal",
    TaskVerb = "task",
    Forecast = "forecast",
    Hypothetical = "hypothetical",
    Abandoned = "abandoned",
    ThirdParty = "thirdparty",
    PastTarget = "pasttarget",
    NegatedWish = "negatedwish",
    VendorGoal = "vendorgoal",
    EvidenceStart = "evidencestart",
    FactStart = "fact.start",
    Shrug = "shrug",
    QuestionStart = "questionstart",
    // zones.txt
    ZoneGoals = "zone.goals",
    ZoneMetrics = "zone.metrics",
    ZoneCancel = "zone.cancel",
    ZoneNone = "zone.none",
    ZoneImportance = "zone.importance",
    ZoneCost = "zone.cost",
    ZoneRealism = "zone.realism",
    ZonePlan = "zone.plan",
    ZoneMixed = "zone.mixed",
    ZoneProse = "zone.prose",
    // evidence.txt
    Would = "would",
    Be = "be",
    HarmVerb = "harmverb",
    TargetWord = "targetword",
    Document = "document",
    WatchVerb = "watchverb",
    Outsider = "outsider",
    Said = "said",
    Power = "power",
    Acronym = "acronym",
    Feeling = "feeling",
    Generic = "generic",
    LoseSomething = "losesomething",
    Desire = "desire",
    Circular = "circular",
    Hedge = "hedge",
    Dodging = "dodging",
    Unmeasured = "unmeasured",
    NoAnswer = "noanswer",
    Event = "event",
    Concrete = "concrete",
    ActVerb = "actverb",
    Because = "because",
    MattersBack = "mattersback",
    Purpose = "purpose",
    NegPurpose = "negpurpose",
    Otherwise = "otherwise",
    MissVerb = "missverb",
    Miss = "miss",
    HitIt = "hitit",
    Commit = "commit",
    Tie = "tie",
    Rank = "rank",
    Matters = "matters",
    Attention = "attention",
    Demand = "demand",
    Stake = "stake",
    Loss = "loss",
    Harm = "harm",
    OldWays = "oldways",
    AgainstImportance = "against.importance",
    AgainstCost = "against.cost",
    AgainstRealism = "against.realism",
    StateVerb = "statevalue",
    Changed = "changed",
    Usually = "usually",
    Trend = "trend",
    Record = "record",
    Status = "status",
    Belief = "belief",
    Quality = "quality",
    GoodYear = "goodyear",
    Planning = "planning",
    VendorWord = "vendorword",
    Pointer = "pointer",
    Imposes = "imposes",
    // questions.txt
    AskCue = "askcue",
    AskWord = "askword",
    AskMany = "askmany",
    AskCost = "ask.cost",
    AskRealism = "ask.realism",
    AskImportance = "ask.importance",
    WhyNot = "whynot",
    AskAsItIs = "ask.asitis",
}
