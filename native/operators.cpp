// Finds operators in libtorch's dispatcher and calls them with tagged arguments; see torch.h.
#include "handles.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/version.h>

#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

using cawb::borrow;
using cawb::Fault;
using cawb::give;
using cawb::guarded;

namespace {

using c10::IValue;
using c10::TypeKind;
// std::optional or c10::optional, whichever this libtorch has.
using OptionalTensor = decltype(std::declval<const IValue&>().toOptional<at::Tensor>());

// The kinds of a schema's argument that a tagged value can carry.
enum class Kind : uint8_t { tensor, scalar, integer, real, boolean, string, device, integers, reals, booleans, tensors, optional_tensors, scalars, other };

struct Slot {
    Kind kind = Kind::other;
    bool optional = false;
    bool has_default = false;
    IValue fallback;
    std::string name;
    std::string type;
};

Kind kind_of(const c10::Type& type) {
    switch (type.kind()) {
        case TypeKind::TensorType: return Kind::tensor;
        case TypeKind::NumberType: return Kind::scalar;
        case TypeKind::IntType:
        case TypeKind::SymIntType: return Kind::integer;
        case TypeKind::FloatType: return Kind::real;
        case TypeKind::BoolType: return Kind::boolean;
        case TypeKind::StringType: return Kind::string;
        case TypeKind::DeviceObjType: return Kind::device;
        case TypeKind::ListType: break;
        default: return Kind::other;
    }
    const auto& element = *type.containedType(0);
    switch (element.kind()) {
        case TypeKind::TensorType: return Kind::tensors;
        case TypeKind::NumberType: return Kind::scalars;
        case TypeKind::IntType:
        case TypeKind::SymIntType: return Kind::integers;
        case TypeKind::FloatType: return Kind::reals;
        case TypeKind::BoolType: return Kind::booleans;
        case TypeKind::OptionalType: return element.containedType(0)->kind() == TypeKind::TensorType ? Kind::optional_tensors : Kind::other;
        default: return Kind::other;
    }
}

const char* tag_name(int32_t tag) {
    static const char* const names[] = {"nothing", "a tensor", "an integer", "a floating point number", "a truth value", "a string", "a list of integers",
        "a list of floating point numbers", "a list of truth values", "a list of tensors", "a device", "the default"};
    return tag >= 0 && tag < static_cast<int32_t>(sizeof names / sizeof *names) ? names[tag] : "an unknown kind of value";
}

}  // namespace

struct cawb_operator {
    c10::OperatorHandle handle;
    std::vector<Slot> slots;
};

namespace {

[[noreturn]] void refuse(const Slot& slot, const cawb_value& value) {
    throw Fault("argument '" + slot.name + "' is " + slot.type + "; got " + tag_name(value.tag));
}

c10::Device device_of(const cawb_value& value) {
    return c10::Device(static_cast<c10::DeviceType>(value.integer >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(value.integer)));
}

template <class Element, class Source>
IValue list_of(const cawb_value& value) {
    c10::List<Element> list;
    list.reserve(value.count);
    const auto* items = static_cast<const Source*>(value.pointer);
    for (int32_t i = 0; i < value.count; ++i) list.push_back(static_cast<Element>(items[i]));
    return IValue(std::move(list));
}

IValue tensors_of(const cawb_value& value, bool optional) {
    auto* const* items = static_cast<void* const*>(value.pointer);
    if (optional) {
        c10::List<OptionalTensor> list;
        list.reserve(value.count);
        for (int32_t i = 0; i < value.count; ++i) list.push_back(items[i] ? OptionalTensor(borrow(items[i])) : OptionalTensor());
        return IValue(std::move(list));
    }
    c10::List<at::Tensor> list;
    list.reserve(value.count);
    for (int32_t i = 0; i < value.count; ++i) list.push_back(borrow(items[i]));
    return IValue(std::move(list));
}

// The message is ours: an argument of another kind would end in an internal assertion inside libtorch, or worse be misread.
IValue convert(const cawb_value& value, const Slot& slot) {
    if (value.tag == CAWB_NONE && slot.optional) return IValue();
    if (value.tag == CAWB_DEFAULT && slot.has_default) return slot.fallback;
    switch (slot.kind) {
        case Kind::tensor:
            if (value.tag == CAWB_TENSOR) return IValue(borrow(value.pointer));
            break;
        case Kind::scalar:
            if (value.tag == CAWB_DOUBLE) return IValue(value.real);
            if (value.tag == CAWB_INT) return IValue(value.integer);
            if (value.tag == CAWB_BOOL) return IValue(value.integer != 0);
            break;
        case Kind::integer:
            if (value.tag == CAWB_INT) return IValue(value.integer);
            break;
        case Kind::real:
            if (value.tag == CAWB_DOUBLE) return IValue(value.real);
            if (value.tag == CAWB_INT) return IValue(static_cast<double>(value.integer));
            break;
        case Kind::boolean:
            if (value.tag == CAWB_BOOL) return IValue(value.integer != 0);
            break;
        case Kind::string:
            if (value.tag == CAWB_STRING) return IValue(std::string(static_cast<const char*>(value.pointer), value.count));
            break;
        case Kind::device:
            if (value.tag == CAWB_DEVICE) return IValue(device_of(value));
            break;
        case Kind::integers:
            if (value.tag == CAWB_INT_LIST) return list_of<int64_t, int64_t>(value);
            break;
        case Kind::reals:
            if (value.tag == CAWB_DOUBLE_LIST) return list_of<double, double>(value);
            break;
        case Kind::booleans:
            if (value.tag == CAWB_BOOL_LIST) return list_of<bool, uint8_t>(value);
            break;
        case Kind::scalars:
            if (value.tag == CAWB_DOUBLE_LIST) return list_of<at::Scalar, double>(value);
            if (value.tag == CAWB_INT_LIST) return list_of<at::Scalar, int64_t>(value);
            break;
        case Kind::tensors:
            if (value.tag == CAWB_TENSOR_LIST) return tensors_of(value, false);
            break;
        case Kind::optional_tensors:
            if (value.tag == CAWB_TENSOR_LIST) return tensors_of(value, true);
            break;
        case Kind::other: break;
    }
    refuse(slot, value);
}

void release_value(cawb_value& value) {
    if (value.tag == CAWB_TENSOR) cawb_torch_release(value.pointer);
    if (value.tag == CAWB_TENSOR_LIST) {
        auto** items = static_cast<void**>(value.pointer);
        for (int32_t i = 0; i < value.count; ++i) cawb_torch_release(items[i]);
        std::free(items);
    }
    value = cawb_value{};
}

cawb_value tensor_list_result(const IValue& result) {
    const auto tensors = result.toTensorVector();
    auto** items = static_cast<void**>(std::malloc(std::max<size_t>(1, tensors.size()) * sizeof(void*)));
    if (!items) throw std::bad_alloc();
    for (size_t i = 0; i < tensors.size(); ++i) items[i] = tensors[i].defined() ? give(tensors[i]) : nullptr;
    cawb_value value{};
    value.tag = CAWB_TENSOR_LIST;
    value.count = static_cast<int32_t>(tensors.size());
    value.pointer = items;
    return value;
}

cawb_value convert_result(IValue& result) {
    cawb_value value{};
    if (result.isTensor()) {
        auto tensor = std::move(result).toTensor();
        if (!tensor.defined()) return value;
        value.tag = CAWB_TENSOR;
        value.pointer = give(std::move(tensor));
    } else if (result.isInt()) {
        value.tag = CAWB_INT;
        value.integer = result.toInt();
    } else if (result.isDouble()) {
        value.tag = CAWB_DOUBLE;
        value.real = result.toDouble();
    } else if (result.isBool()) {
        value.tag = CAWB_BOOL;
        value.integer = result.toBool();
    } else if (result.isTensorList()) {
        return tensor_list_result(result);
    } else if (!result.isNone()) {
        throw Fault("a result of the kind " + result.tagKind() + " cannot be handed over");
    }
    return value;
}

// Clears the reused stack on every way out, so that no tensor outlives the call.
struct StackCleaner {
    std::vector<IValue>& stack;
    ~StackCleaner() { stack.clear(); }
};

int32_t call(cawb_operator& op, const cawb_value* arguments, int32_t count, cawb_value* results, int32_t capacity) {
    static thread_local std::vector<IValue> stack;
    StackCleaner cleaner{stack};
    const auto& slots = op.slots;
    if (static_cast<size_t>(count) > slots.size())
        throw Fault("takes " + std::to_string(slots.size()) + " arguments; got " + std::to_string(count));
    for (int32_t i = 0; i < count; ++i) stack.push_back(convert(arguments[i], slots[i]));
    for (size_t i = count; i < slots.size(); ++i) {
        if (!slots[i].has_default) throw Fault("argument '" + slots[i].name + "' (" + slots[i].type + ") is missing");
        stack.push_back(slots[i].fallback);
    }
    op.handle.callBoxed(&stack);
    if (capacity == 0) return 0;
    if (stack.size() > static_cast<size_t>(capacity))
        throw Fault("gives " + std::to_string(stack.size()) + " results; there is room for " + std::to_string(capacity));
    size_t done = 0;
    try {
        for (; done < stack.size(); ++done) results[done] = convert_result(stack[done]);
    } catch (...) {
        for (size_t i = 0; i < done; ++i) release_value(results[i]);
        throw;
    }
    return static_cast<int32_t>(done);
}

cawb_operator* find(const char* name, const char* overload) {
    static std::mutex mutex;
    static std::unordered_map<std::string, std::unique_ptr<cawb_operator>> operators;
    std::lock_guard<std::mutex> lock(mutex);
    auto& entry = operators[std::string(name) + '.' + overload];
    if (entry) return entry.get();
    const auto handle = c10::Dispatcher::singleton().findSchema(c10::OperatorName(name, overload));
    if (!handle) throw Fault(std::string("this libtorch (" TORCH_VERSION ") has no such operator"));
    auto op = std::make_unique<cawb_operator>(cawb_operator{*handle, {}});
    for (const auto& argument : handle->schema().arguments()) {
        Slot slot;
        const c10::Type* type = argument.type().get();
        if (type->kind() == TypeKind::OptionalType) {
            slot.optional = true;
            type = type->containedType(0).get();
        }
        slot.kind = kind_of(*type);
        slot.name = argument.name();
        slot.type = argument.type()->str();
        if (argument.default_value()) {
            slot.has_default = true;
            slot.fallback = *argument.default_value();
        } else if (slot.optional) {
            slot.has_default = true;
        }
        op->slots.push_back(std::move(slot));
    }
    entry = std::move(op);
    return entry.get();
}

}  // namespace

cawb_operator* cawb_torch_operator(const char* name, const char* overload) {
    return guarded([=] { return find(name, overload); }, nullptr);
}

int32_t cawb_torch_call(cawb_operator* op, const cawb_value* arguments, int32_t count, cawb_value* results, int32_t capacity) {
    return guarded([=] { return call(*op, arguments, count, results, capacity); }, -1);
}

void cawb_torch_free(void* memory) { std::free(memory); }
