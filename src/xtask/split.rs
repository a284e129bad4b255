//! Splits a Wasm into what is needed to show something, and the rest, which is loaded after that.
//!
//! Both halves share memory, table and globals: the first exports them, with the functions that the second calls. The
//! second puts its functions into the first one's table, through which the first calls them. Before that, their places
//! there hold a function that traps.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{Context, Result, bail};
use walrus::ir::{self, Instr, InstrSeqId, Value, Visitor};
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, Function, FunctionBuilder, FunctionId, FunctionKind,
    GlobalId, GlobalKind, ImportedFunction, LocalFunction, Module, TableId,
};

/// What the second half imports the first one's exports as, but for its memory.
pub const FIRST: &str = "_1";

/// Where the first half calls the second.
const GATE: &str = "baton_core::later";

/// Which functions move to the second half, and how the halves reach each other.
struct Plan {
    table: TableId,
    moved: HashSet<FunctionId>,
    /// The place in the table of each that is in it.
    slots: BTreeMap<u32, FunctionId>,
    /// The place in the table through which the first half calls one.
    bridges: HashMap<FunctionId, u32>,
    /// What the second half calls of the first.
    calls_back: Vec<FunctionId>,
    /// The globals that the second half uses.
    globals: Vec<GlobalId>,
    /// The length of the table with the bridges.
    length: u32,
}

/// Splits a Wasm that has the names that the compiler gave. What is reached through [`baton_core::later()`] alone belongs to
/// the second half. What is called through the table, as listeners are, can't be told so: there it is what stands in
/// `modules`.
///
/// The second half imports the memory as `memory`, which should be a name that no other Wasm has: what it knows of where
/// things are holds for its first half only.
///
/// # Errors
/// If the Wasm is not what a compiler of Rust's makes, or nothing in it has the names that are looked for.
pub fn split(wasm: &[u8], modules: &[&str], memory: &str) -> Result<(Vec<u8>, Vec<u8>)> {
    let (first, second) = (Module::from_buffer(wasm)?, Module::from_buffer(wasm)?);
    // What has an id has it in one of the two only. Both plans are the same but for that.
    Ok((Plan::new(&first, modules)?.first(first)?, Plan::new(&second, modules)?.second(second, memory)?))
}

impl Plan {
    fn new(module: &Module, modules: &[&str]) -> Result<Plan> {
        let table = module.tables.main_function_table()?.context("the Wasm has no table of functions")?;
        let mut slots = BTreeMap::new();
        for element in module.elements.iter() {
            let ElementKind::Active { table: of, offset: ConstExpr::Value(Value::I32(offset)) } =
                &element.kind
            else {
                bail!("functions are put into a table in a way that is new");
            };
            let ElementItems::Functions(functions) = &element.items else {
                bail!("a table has something else than functions");
            };
            if *of != table {
                bail!("functions are in two tables");
            }
            slots.extend((*offset as u32..).zip(functions.iter().copied()));
        }
        let uses: HashMap<FunctionId, Uses> =
            module.funcs.iter_local().map(|(id, function)| (id, Uses::of(function))).collect();

        let is_in = |id: &FunctionId, place: &str| {
            is_of(module.funcs.get(*id).name.as_deref().unwrap_or_default(), place)
        };
        if !uses.keys().any(|id| is_in(id, GATE)) {
            bail!("nothing goes through `{GATE}`");
        }
        if let Some(module) = modules.iter().find(|it| !slots.values().any(|id| is_in(id, it))) {
            bail!("nothing in the table stands in `{module}`");
        }
        let exports = module.exports.iter().filter_map(|export| match export.item {
            ExportItem::Function(id) => Some(id),
            _ => None,
        });
        let mut open: Vec<FunctionId> =
            slots.values().copied().filter(|id| !modules.iter().any(|it| is_in(id, it))).collect();
        open.extend(exports.chain(module.start));
        let mut stays: HashSet<FunctionId> = HashSet::new();
        while let Some(id) = open.pop() {
            if !is_in(&id, GATE)
                && stays.insert(id)
                && let Some(uses) = uses.get(&id)
            {
                open.extend(&uses.calls);
            }
        }
        let moved: HashSet<FunctionId> = uses.keys().copied().filter(|id| !stays.contains(id)).collect();

        let mut length = u32::try_from(module.tables.get(table).initial)?;
        let of_slot: HashMap<FunctionId, u32> = slots.iter().map(|(slot, id)| (*id, *slot)).collect();
        let mut bridged: Vec<FunctionId> =
            stays.iter().filter_map(|id| uses.get(id)).flat_map(|it| it.calls.iter().copied()).collect();
        bridged.retain(|id| moved.contains(id));
        bridged.sort_unstable();
        bridged.dedup();
        let mut bridges = HashMap::new();
        for id in bridged {
            let slot = of_slot.get(&id).copied().unwrap_or_else(|| {
                length += 1;
                length - 1
            });
            slots.insert(slot, id);
            bridges.insert(id, slot);
        }
        let of_moved = || moved.iter().filter_map(|id| uses.get(id));
        let mut calls_back: Vec<FunctionId> = of_moved()
            .flat_map(|it| it.calls.iter().copied())
            .filter(|id| stays.contains(id) && uses.contains_key(id))
            .collect();
        calls_back.sort_unstable();
        calls_back.dedup();
        let mut globals: Vec<GlobalId> = of_moved().flat_map(|it| it.globals.iter().copied()).collect();
        globals.sort_unstable();
        globals.dedup();
        Ok(Plan { table, moved, slots, bridges, calls_back, globals, length })
    }

    fn first(&self, mut module: Module) -> Result<Vec<u8>> {
        let mut trap = FunctionBuilder::new(&mut module.types, &[], &[]);
        trap.func_body().unreachable();
        let trap = trap.finish(vec![], &mut module.funcs);
        for element in module.elements.iter_mut() {
            let ElementItems::Functions(functions) = &mut element.items else { continue };
            for function in functions.iter_mut().filter(|id| self.moved.contains(id)) {
                *function = trap;
            }
        }
        self.lengthen(&mut module);
        let types: HashMap<FunctionId, _> =
            self.bridges.keys().map(|id| (*id, module.funcs.get(*id).ty())).collect();
        for (id, function) in module.funcs.iter_local_mut() {
            if self.moved.contains(&id) {
                continue;
            }
            for block in blocks(function) {
                let instructions = &mut function.block_mut(block).instrs;
                let mut at = 0;
                while at < instructions.len() {
                    if let Instr::Call(call) = &instructions[at].0
                        && let Some(slot) = self.bridges.get(&call.func)
                    {
                        let indirect = ir::CallIndirect { ty: types[&call.func], table: self.table };
                        let place = ir::Const { value: Value::I32(*slot as i32) };
                        let from = instructions[at].1;
                        instructions[at].0 = indirect.into();
                        instructions.insert(at, (place.into(), from));
                    }
                    at += 1;
                }
            }
        }
        for (number, id) in self.calls_back.iter().enumerate() {
            module.exports.add(&number.to_string(), *id);
        }
        for (number, id) in self.globals.iter().enumerate() {
            module.exports.add(&format!("g{number}"), *id);
        }
        module.exports.add("t", self.table);
        let memory = module.get_memory_id()?;
        module.exports.add("m", memory);
        walrus::passes::gc::run(&mut module);
        Ok(module.emit_wasm())
    }

    fn second(&self, mut module: Module, memory_of: &str) -> Result<Vec<u8>> {
        module.start = None;
        for id in module.exports.iter().map(|it| it.id()).collect::<Vec<_>>() {
            module.exports.delete(id);
        }
        for (number, id) in self.calls_back.iter().enumerate() {
            let import = module.imports.add(FIRST, &number.to_string(), *id);
            let function: &mut Function = module.funcs.get_mut(*id);
            function.kind = FunctionKind::Import(ImportedFunction { import, ty: function.ty() });
        }
        for (number, id) in self.globals.iter().enumerate() {
            let import = module.imports.add(FIRST, &format!("g{number}"), *id);
            module.globals.get_mut(*id).kind = GlobalKind::Import(import);
        }
        let memory = module.get_memory_id()?;
        let import = module.imports.add(memory_of, "m", memory);
        for id in module.data.iter().map(|it| it.id()).collect::<Vec<_>>() {
            module.data.delete(id);
        }
        let memory = module.memories.get_mut(memory);
        memory.import = Some(import);
        memory.data_segments.clear();
        self.lengthen(&mut module);
        let import = module.imports.add(FIRST, "t", self.table);
        for id in module.elements.iter().map(|it| it.id()).collect::<Vec<_>>() {
            module.elements.delete(id);
        }
        let segments: Vec<_> = self
            .runs()
            .into_iter()
            .map(|(slot, functions)| {
                let offset = ConstExpr::Value(Value::I32(slot as i32));
                let kind = ElementKind::Active { table: self.table, offset };
                module.elements.add(kind, ElementItems::Functions(functions))
            })
            .collect();
        let table = module.tables.get_mut(self.table);
        table.import = Some(import);
        table.elem_segments = segments.into_iter().collect();
        walrus::passes::gc::run(&mut module);
        Ok(module.emit_wasm())
    }

    fn lengthen(&self, module: &mut Module) {
        let table = module.tables.get_mut(self.table);
        table.initial = self.length.into();
        table.maximum = table.maximum.map(|it| it.max(self.length.into()));
    }

    /// The moved functions in the table, as runs of neighbours.
    fn runs(&self) -> Vec<(u32, Vec<FunctionId>)> {
        let mut runs: Vec<(u32, Vec<FunctionId>)> = Vec::new();
        for (slot, id) in self.slots.iter().filter(|(_, id)| self.moved.contains(id)) {
            match runs.last_mut() {
                Some((from, run)) if *from + run.len() as u32 == *slot => run.push(*id),
                _ => runs.push((*slot, vec![*id])),
            }
        }
        runs
    }
}

/// Whether a function, given its mangled name, stands in a module or below it. An implementation stands where it is
/// written, whatever it is for.
fn is_of(name: &str, module: &str) -> bool {
    // The first path of a name is where the function stands, and begins with the crate and its hash.
    let Some((_, path)) = name.split_once("Cs").and_then(|(_, krate)| krate.split_once('_')) else {
        return false;
    };
    let mut path = Some(path);
    for part in module.split("::") {
        path = path.and_then(|it| it.strip_prefix(&format!("{}{part}", part.len())));
    }
    path.is_some()
}

/// What a function uses.
#[derive(Default)]
struct Uses {
    calls: HashSet<FunctionId>,
    globals: HashSet<GlobalId>,
}

impl Uses {
    fn of(function: &LocalFunction) -> Uses {
        let mut uses = Uses::default();
        ir::dfs_in_order(&mut uses, function, function.entry_block());
        uses
    }
}

impl Visitor<'_> for Uses {
    fn visit_function_id(&mut self, id: &FunctionId) {
        self.calls.insert(*id);
    }

    fn visit_global_id(&mut self, id: &GlobalId) {
        self.globals.insert(*id);
    }
}

/// The blocks of a function.
fn blocks(function: &LocalFunction) -> Vec<InstrSeqId> {
    #[derive(Default)]
    struct Blocks(Vec<InstrSeqId>);
    impl<'a> Visitor<'a> for Blocks {
        fn start_instr_seq(&mut self, block: &'a ir::InstrSeq) {
            self.0.push(block.id());
        }
    }
    let mut blocks = Blocks::default();
    ir::dfs_in_order(&mut blocks, function, function.entry_block());
    blocks.0
}

#[cfg(test)]
mod tests {
    use walrus::{ModuleConfig, RefType};

    use super::*;

    const LATER: &str = "_RINvCs1x_10baton_core5lateruE";

    /// `start` calls `shared` and, through `later`, `deep`, which calls `shared` too. In the table are a function of the
    /// module `web::hand`, one of `web::page`, and `shared`.
    fn whole() -> Vec<u8> {
        let mut config = ModuleConfig::new();
        let mut module = Module::with_config(config.generate_name_section(true).clone());
        module.memories.add_local(false, false, 1, None, None);
        let table = module.tables.add_local(false, 4, Some(4), RefType::FUNCREF);
        let mut function = |name: &str, calls: &[FunctionId]| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[], &[]);
            for id in calls {
                builder.func_body().call(*id);
            }
            builder.name(name.to_owned());
            builder.finish(vec![], &mut module.funcs)
        };
        let shared = function("_RNvNtCs2y_3web4page6shared", &[]);
        let deep = function("_RNvMs_NtCs2y_3web4handNtNtB4_4page3App4deep", &[shared]);
        let gate = function(LATER, &[deep]);
        let start = function("_RNvCs2y_3web5start", &[shared, gate]);
        let heard = function("_RNCNvNtCs2y_3web4hand6listen0B5_", &[deep]);
        let drawn = function("_RNCNvNtCs2y_3web4page4draw0B5_", &[]);
        module.exports.add("start", start);
        let offset = ConstExpr::Value(Value::I32(1));
        let kind = ElementKind::Active { table, offset };
        let id = module.elements.add(kind, ElementItems::Functions(vec![heard, drawn, shared]));
        module.tables.get_mut(table).elem_segments.insert(id);
        module.emit_wasm()
    }

    fn names(module: &Module) -> Vec<&str> {
        module.funcs.iter_local().filter_map(|(id, _)| module.funcs.get(id).name.as_deref()).collect()
    }

    #[test]
    fn the_second_half_has_what_is_reached_through_later_alone_and_its_own_listeners() {
        let (first, second) = split(&whole(), &["web::hand"], "mine").unwrap();
        let (first, second) = (Module::from_buffer(&first).unwrap(), Module::from_buffer(&second).unwrap());
        for name in ["6shared", "5start", "4draw0B5_"] {
            assert!(names(&first).iter().any(|it| it.ends_with(name)), "{name}");
            assert!(!names(&second).iter().any(|it| it.ends_with(name)), "{name}");
        }
        for name in [LATER, "4deep", "6listen0B5_"] {
            assert!(!names(&first).iter().any(|it| it.ends_with(name)), "{name}");
            assert!(names(&second).iter().any(|it| it.ends_with(name)), "{name}");
        }
        for import in second.imports.iter() {
            assert_eq!(import.module, if import.name == "m" { "mine" } else { FIRST });
            assert!(first.exports.iter().any(|export| export.name == import.name), "{}", import.name);
        }
        // The listener has its place in the table, and `later` the one behind the last.
        let table = first.tables.iter().next().unwrap();
        assert_eq!((table.initial, table.maximum), (5, Some(5)));
        let mut places: Vec<i32> = second
            .elements
            .iter()
            .filter_map(|it| match &it.kind {
                ElementKind::Active { offset: ConstExpr::Value(Value::I32(at)), .. } => Some(*at),
                _ => None,
            })
            .collect();
        places.sort_unstable();
        assert_eq!(places, [1, 4]);
    }

    #[test]
    fn names_that_are_not_there_are_told() {
        let told = split(&whole(), &["web::hands"], "mine").unwrap_err();
        assert_eq!(told.to_string(), "nothing in the table stands in `web::hands`");
    }

    #[test]
    fn a_function_stands_where_its_name_begins() {
        let method = "_RNvMs_NtCs2y_3web4handNtNtB4_4page3App4deep";
        assert!(is_of(method, "web::hand") && is_of(method, "web") && !is_of(method, "web::page"));
        assert!(!is_of(method, "web::han") && !is_of("memcpy", "web"));
        // What is dropped is the standard library's to drop.
        assert!(!is_of("_RINvNtCs3z_4core3ptr13drop_in_placeNtNtCs2y_3web4hand3AppE", "web::hand"));
    }
}
