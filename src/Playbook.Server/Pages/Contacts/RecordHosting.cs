using Playbook.Server.Pages.Accounts;
using Playbook.Server.Pages.BulkStarts;
using Playbook.Server.Pages.Lists;
using Playbook.Server.Pages.Opportunities;
using Playbook.Storage.Crm;
using Playbook.Storage.Import;

namespace Playbook.Server.Pages.Contacts;

/// <summary>The parts of the pages about contacts, accounts and opportunities.</summary>
internal static class RecordHosting
{
    public static void AddRecordPages(this IServiceCollection services)
    {
        services.AddSingleton<ContactSearch>();
        services.AddSingleton<AccountSearch>();
        services.AddSingleton<OpportunitySearch>();
        services.AddSingleton<ViewShelf>();
        services.AddSingleton<NoteShelf>();
        services.AddSingleton<ContactDesk>();
        services.AddSingleton<TimelineWords>();
        services.AddSingleton<ContactSaving>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<OpportunityDesk>();
        services.AddSingleton<OpportunityClosing>();
        services.AddSingleton<Importer>();
        services.AddSingleton<Playbook.Server.Pages.Import.ImportWords>();
        services.AddSingleton<StartCheck>();
    }
}
