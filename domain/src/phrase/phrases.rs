//! Every phrase: its code, its parameters, its English.

/// Hands them all to a macro: the type here and the API's enum are made from one list. Codes and parameters are
/// what translations are keyed by: a phrase that says something else is another code.
#[macro_export]
macro_rules! phrases {
    ($make:ident) => {
        $make! {
            DefinitionCreated(version) = "created, with version {version}";
            DefinitionUpdated() = "edited the draft";
            DefinitionPublished(version) = "published {version}";
            DefinitionVersionAdded(version) = "added {version} beside the current version";
            DefinitionEnabled() = "enabled";
            DefinitionDisabled() = "disabled";
            DefinitionRemoved() = "removed";
            DefinitionImported(version) = "imported at version {version}";

            RunStarted(run) = "started run {run}";
            RunStartedOn(run, key, version) = "started run {run} on {key} {version}";
            RunRestarted(run) = "restarted run {run}";
            RunRestartedOn(run, key, version) = "restarted run {run} on {key} {version}";
            RunReconfigured(run, changed) = "changed {changed} of run {run}";
            RunStopped(run) = "stopped run {run}";
            RunStoppedToFlatten(run) = "stopped run {run}, to close what it holds";
            RunStoppedToLeave(run) = "stopped run {run}, to leave its orders";
            RunFaulted(run, reason) = "run {run} faulted: {reason}";
            RunFaultedWhile(run, stage, reason) = "run {run} faulted while {stage}: {reason}";
            FaultStageExecutor() = "its executor was looked for";
            FaultStageConfiguration() = "its configuration was read";
            FaultStageTrading() = "it was compared how its exchanges are traded on";
            FaultStageRunOver() = "it was taken up";
            FaultStageReconfiguration() = "its configuration was changed";
            LegacyInstanceImportedRunning() = "imported from the original, running";
            LegacyInstanceImportedStopped() = "imported from the original, stopped";
            LegacyInstanceImportedFaulted() = "imported from the original, faulted";
            LegacyLinkBackfilled(key, version) = "linked to {key} {version}";
            LegacyLinkSkipped(reason) = "not linked: {reason}";

            ExecutionOpened(run) = "took run {run} up";
            ExecutionResumed(orders) = "resumed with {orders} open orders";
            BuyIntended(quantity, pair, price, slot) = "decided to buy {quantity} {pair} at {price} ({slot})";
            SellIntended(quantity, pair, price, slot) = "decided to sell {quantity} {pair} at {price} ({slot})";
            OrderAcknowledged() = "the venue has the order";
            OrderRejected(reason) = "the order was refused: {reason}";
            CancelIntended(reason) = "decided to cancel: {reason}";
            OrderCancelled() = "the order is off the book";
            OrderFilled(quantity, price) = "{quantity} traded at {price}";
            TickSkipped(reason) = "left out: {reason}";
            PriceBandMeasured(floor, ceiling) = "quotes between {floor} and {ceiling}";
            PositionMarked(pair, price) = "what is held of {pair} counts at {price}";
            ExecutionClosed(reason) = "closed: {reason}";

            MigrationModeDual() = "mode dual";
            MigrationModeDefinitionsFirst() = "mode definitions-first";
            MigrationModeDefinitionsOnly() = "mode definitions-only";
            DynamicFlowOn() = "dynamic flow on";
            DynamicFlowOff() = "dynamic flow off";
            TradingHalted(reason) = "trading halted: {reason}";
            TradingResumed() = "trading resumed";

            GuardSet(name) = "set guard {name}";
            GuardRemoved(name) = "removed guard {name}";
            GuardTrippedByLoss(name, amount, profit) = "guard {name} tripped: a loss of {amount} was reached, profit {profit}";
            GuardTrippedByDrawdown(name, amount, profit) = "guard {name} tripped: a fall of {amount} was reached, profit {profit}";
            GuardReset(name) = "reset guard {name}";

            LegacyRecordImported() = "imported a row of the original";
            LegacyUsageCounted(calls) = "{calls} calls of legacy endpoints";
            LoginRefused(address) = "refused a login from {address}: wrong password";
            LoginLocked(address, until) = "locked the login from {address} until {until}";
            ProjectionRebuildRequested(projection) = "{projection} is built anew";
            ProjectionResumeRequested(projection, position) = "{projection} tries position {position} again";

            DecidedBuy(quantity, pair, price, slot) = "buy {quantity} {pair} at {price} ({slot})";
            DecidedSell(quantity, pair, price, slot) = "sell {quantity} {pair} at {price} ({slot})";
            DecidedCancel(order, reason) = "Cancel {order}: {reason}";
            DecidedNothing(reason) = "Nothing: {reason}";

            NameChanged(before, after) = "name: {before} → {after}";
            DescriptionChanged(before, after) = "description: {before} → {after}";
            DescriptionAdded(after) = "description added: {after}";
            DescriptionRemoved() = "description removed";
            VisibilityChanged(before, after) = "visibility: {before} → {after}";
            ExecutorChanged(before, after) = "executorType: {before} → {after}";
            WholeConfiguration() = "the configuration";
            RulesReplaced(subject) = "{subject}: the rules are others now";
            MemberAddedOptional(subject) = "{subject}: added, optional";
            MemberAddedRequired(subject) = "{subject}: added, required";
            MemberAddedWithDefault(subject) = "{subject}: added, required, has a default";
            MemberRemovedRefused(subject) = "{subject}: removed, and no longer accepted";
            MemberRemovedUnchecked(subject) = "{subject}: removed, still accepted but no longer checked";
            NowRequired(subject) = "{subject}: now required";
            NoLongerRequired(subject) = "{subject}: no longer required";
            KeywordChanged(subject, keyword, before, after) = "{subject}: {keyword} {before} → {after}";
            KeywordAdded(subject, keyword, after) = "{subject}: {keyword} {after} added";
            KeywordRemoved(subject, keyword, before) = "{subject}: {keyword} {before} removed";
            DefaultChanged(name, before, after) = "{name}: default {before} → {after}";
            DefaultAdded(name, after) = "{name}: default {after} added";
            DefaultRemoved(name, before) = "{name}: default {before} removed";

            ConfigField(path) = "Config field {path}";
            Config() = "Config";
            TheSchema() = "the schema";
            Names() = "names";
            MissingField(name) = "Missing required config field: {name}";
            OnlyObjectSchemas() = "Only object config schemas are supported";
            MustBeOfType(subject, types) = "{subject} must be {types}";
            MustBe(subject, value) = "{subject} must be {value}";
            MustBeOneOf(subject, options) = "{subject} must be one of: {options}";
            MustBeAtLeast(subject, limit) = "{subject} must be >= {limit}";
            MustBeAtMost(subject, limit) = "{subject} must be <= {limit}";
            MustBeAbove(subject, limit) = "{subject} must be > {limit}";
            MustBeBelow(subject, limit) = "{subject} must be < {limit}";
            MustBeMultipleOf(subject, step) = "{subject} must be a multiple of {step}";
            TooFewCharacters(subject, limit) = "{subject} must have at least {limit} characters";
            TooManyCharacters(subject, limit) = "{subject} must have at most {limit} characters";
            TooFewItems(subject, limit) = "{subject} must have at least {limit} items";
            TooManyItems(subject, limit) = "{subject} must have at most {limit} items";
            TooFewMembers(subject, limit) = "{subject} must have at least {limit} members";
            TooManyMembers(subject, limit) = "{subject} must have at most {limit} members";
            MustMatch(subject, pattern) = "{subject} must match {pattern}";
            MustBeValid(subject, format) = "{subject} must be a valid {format}";
            MustHave(subject, name) = "{subject} must have {name}";
            MustNotHaveMember(subject, name, why) = "{subject} must not have a member {name}: {why}";
            MustHaveAllowedForm(subject) = "{subject} must have one of the allowed forms";
            MustHaveOnlyOneForm(subject) = "{subject} must have only one of the allowed forms";
            HasForbiddenForm(subject) = "{subject} has a form that is not allowed";
            MustContain(subject) = "{subject} must contain enough items of the required form, and not too many";
            MustNotRepeat(subject) = "{subject} must not repeat an item";
            NotAllowed(subject) = "{subject} is not allowed";
            ItemsNotAllowed(subject) = "{subject} has items that are not allowed";
            MembersNotAllowed(subject) = "{subject} has members that are not allowed";
            MustBeUtf8(subject) = "{subject} must be UTF-8 text";
            CannotBeChecked(subject) = "{subject} cannot be checked";
            OtherRule(subject, rule) = "{subject} {rule}";
            ReferenceLeadsNowhere() = "a reference leads nowhere";
            MustNameTwoCurrencies(subject) = "{subject} must name two currencies, as in ETH/USDT";
            MustBeListOfObjects(subject) = "{subject} must be a list of objects";
            MustBeBetween(subject, least, most) = "{subject} must be from {least} to {most}";
            MustDifferFrom(subject, other) = "{subject} must differ from {other}";
            TooManyOrders(subject, limit) = "{subject} must have at most {limit} orders";
            UnsupportedCategory(category, allowed) = "Unsupported executionCategory {category}. Allowed: {allowed}";
            FixedWhileRunning(subject, keyword) = "{subject} cannot change while the instance runs: its schema does not say {keyword}. Start the instance again with it instead";
            PatternUnsupported() = "the pattern is not supported: it must be a regular expression without look-around and back-references, and not too large";
            SchemaMustBeObject() = "a schema must be an object";
            ChangedMeanwhile(actor, what, expected, actual) = "{actor} changed it meanwhile ({what}). Revision {expected} is now {actual}: look again";
            UnknownExchange(exchange, allowed) = "Unknown exchange {exchange}. Allowed: {allowed}";
            NoMarket(exchange, pair) = "{exchange} has no market {pair}";
            NoExecutor(executor, allowed) = "No executor runs {executor}. There are: {allowed}";
            UnknownKeyword(keyword) = "{keyword} is not a keyword of JSON Schema: it checks nothing";
            RequiredUndescribed(name) = "{name} is required, and the schema does not describe it";
            DefaultUndescribed(name) = "{name} has a default, and the schema does not name it";

            NoExecutorForType(kind) = "no executor runs strategy type {kind}";
            NoDefinitionForExecutor(executor) = "no enabled definition uses executor {executor}";
            LookedAtBefore() = "this very request looked at it before";
            LinkedMeanwhile() = "it was linked meanwhile";
            ReasonTooLong(limit) = "A reason must not be longer than {limit} bytes";
            ReasonNotOneLine() = "A reason is one line, without control characters and without marks that change the order of its text";

            BumpNone() = "Nothing changed since the current version";
            BumpPatch() = "Patch: only defaults or texts changed";
            BumpMinor(change) = "Minor: the schema changed, and refuses nothing that it accepted: {change}";
            BumpMajor(change) = "Major: what was accepted may be refused: {change}";
            BumpMajorMore(change, more) = "Major: what was accepted may be refused: {change} (and {more} more)";
        }
    };
}
